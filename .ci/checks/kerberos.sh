#!/usr/bin/env bash
# HDFS with Kerberos, all encrypted, on real servers. Tickets of ten seconds are renewed, so a connection that ends is made
# again. While the KDC is away the stream holds and says so; then its keytab is out of date, which it says too; with the new
# keytab it continues without a new submission, and nothing is lost or doubled. What is wrong in a configuration, 'doctor'
# names with its fix.
. "$(dirname "$0")/lib.sh.inc"
. "$(dirname "$0")/kerberos.sh.inc"

make_kdc 10seconds
start_hdfs
run cluster up
await_hdfs
run offerstorm setup
run offerstorm doctor
grep -qF "as user offerstorm; Kerberos: offerstorm@$realm by $keytab, ticket until" "$work/out.txt" &&
    grep -qF 'RPC: privacy, data: privacy' "$work/out.txt" || { cat "$work/out.txt"; die "doctor does not name the identity"; }

run offerstorm submit
produce 1000
run offerstorm verify --wait 60s
echo "  a stream by principal and keytab, RPC and data encrypted: verify clean ($SECONDS s)"

sleep 12 # the first ticket is over
cut_wire
produce 1000
run offerstorm verify --wait 60s
echo "  the ticket was renewed: verify clean ($SECONDS s)"

stop_kdc
sleep 12
cut_wire
produce 1000
holds "no KDC of the realm $realm answers"
kadmin "ktadd -k $keytab.new offerstorm" # changes the key
start_kdc
holds "the KDC does not take the key in $keytab"
mv "$keytab.new" "$keytab"
run offerstorm verify --wait 60s
echo "  no KDC, then a keytab out of date: the stream held, said why, and continued by itself: verify clean ($SECONDS s)"

doctor() { offerstorm doctor "$@"; }
says "/none/x.keytab does not exist on this machine" doctor -c hdfs.keytab=/none/x.keytab
says "$keytab has no key of other@$realm" doctor -c "hdfs.principal=other@$realm"
says "the NameNode demands another protection of RPC" doctor -c hdfs.properties.hadoop.rpc.protection=authentication
says "the NameNode does not have the name that is expected" \
    doctor -c "hdfs.properties.dfs.namenode.kerberos.principal=nn/localhost@$realm"
says "the NameNode has no Kerberos" doctor -c "hdfs.uri=$(sed -n 's/^ *uri: *\(hdfs:[^ ]*\).*/\1/p' "$dir/offerstorm.yaml")"
says "the NameNode demands Kerberos" \
    ./offerstorm doctor --config "$dir/offerstorm.yaml" -c sinks=hdfs,redis -c "hdfs.uri=hdfs://127.0.0.1:$wire"
echo "  what is wrong is named with its fix ($SECONDS s)"
