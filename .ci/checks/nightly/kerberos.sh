#!/usr/bin/env bash
# HDFS with Kerberos for five minutes, with tickets of one minute: offers come all the time, connections to the
# NameNode end all the time, the NameNode is restarted once, the KDC is away twice, for less and for more than a ticket's
# time. Nothing is lost or doubled, and no worker ends.
#
# OFFERSTORM_MINUTES  of streaming (5)
. "$(dirname "$0")/../lib.sh.inc"
. "$(dirname "$0")/../kerberos.sh.inc"

make_kdc 1minute
start_hdfs
run cluster up
await_hdfs
run offerstorm setup
run offerstorm submit
worker() { cluster status | awk '/^worker-/ { print $2; exit }'; }

begin=$SECONDS
minutes=${OFFERSTORM_MINUTES:-5}
produce 500
run offerstorm verify --wait 120s
first=$(worker)
[ -n "$first" ] || die "no worker runs"
away_short=$((begin + 60 * minutes / 5)) away_long=$((begin + 60 * minutes * 2 / 5)) restart=$((begin + 60 * minutes * 4 / 5))
while [ $((SECONDS - begin)) -lt $((60 * minutes)) ]; do
    cut_wire
    produce 200
    sleep 5
    if [ "$away_short" -gt 0 ] && [ "$SECONDS" -ge "$away_short" ]; then
        away_short=0
        stop_kdc
        cut_wire
        produce 200 # with the ticket that is there
        sleep 10
        start_kdc
        echo "  the KDC was away for 10 s ($((SECONDS - begin)) s)"
    elif [ "$away_long" -gt 0 ] && [ "$SECONDS" -ge "$away_long" ]; then
        away_long=0
        stop_kdc
        sleep 75
        cut_wire
        produce 200
        holds "no KDC of the realm $realm answers"
        start_kdc
        run offerstorm verify --wait 120s
        echo "  the KDC was away for longer than a ticket; verify clean ($((SECONDS - begin)) s)"
    elif [ "$restart" -gt 0 ] && [ "$SECONDS" -ge "$restart" ]; then
        restart=0
        touch "$kerberos/hdfs/restart"
        produce 200
        for ((i = 0; i < 60; i++)); do
            [ -e "$kerberos/hdfs/restart" ] || break
            sleep 1
        done
        [ ! -e "$kerberos/hdfs/restart" ] || { tail -n 20 "$work/hdfs.log"; die "the NameNode does not come back"; }
        echo "  the NameNode was restarted ($((SECONDS - begin)) s)"
    fi
done
run offerstorm verify --wait 120s
[ "$(worker)" = "$first" ] || die "the worker $first has ended; $(worker) runs"
echo "  $minutes minutes with tickets of one: verify clean, one worker ($((SECONDS - begin)) s)"
