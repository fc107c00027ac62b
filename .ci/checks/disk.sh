#!/usr/bin/env bash
# On a full and on a read-only disk the demo shows a message, exits 3, leaves nothing behind and loses nothing. Needs the
# right to mount.
. "$(dirname "$0")/lib.sh.inc"

disk=$work/disk
mkdir "$disk"
if ! mount -t tmpfs -o size=30m tmpfs "$disk" 2>"$work/mount.txt"; then
    echo "skipped: $(cat "$work/mount.txt")"
    exit 0
fi
unmount_and_finish() {
    finish 2>/dev/null || true
    umount "$disk" 2>/dev/null || true
    rm -rf "$work"
}
trap unmount_and_finish EXIT

refused() { # pattern, directory
    local code=0
    ./offerstorm demo --exit-when-done --data-dir "$2" >"$work/out.txt" 2>&1 || code=$?
    [ "$code" -eq 3 ] || { cat "$work/out.txt"; die "exit $code, not 3"; }
    grep -q "$1" "$work/out.txt" || { cat "$work/out.txt"; die "it does not say '$1'"; }
    cat "$work/out.txt"
}

refused 'MiB free; the demo needs' "$disk/data"
[ -z "$(ls -A "$disk")" ] || die 'something is left on the small disk'
code=0
./offerstorm cluster up --dir "$disk/cluster" >"$work/up.txt" 2>&1 || code=$?
[ "$code" -eq 3 ] || { cat "$work/up.txt"; die "cluster up on the small disk: exit $code, not 3"; }
grep 'MiB free; a cluster needs' "$work/up.txt" || { cat "$work/up.txt"; die 'cluster up does not say how much it needs'; }
rm -rf "$disk/cluster"
mount -o remount,size=300m,ro "$disk"
refused 'Read-only file system' "$disk/data"
mount -o remount,rw "$disk"

./offerstorm demo --data-dir "$disk/data" >"$work/full.txt" 2>&1 &
demo=$!
pids+=("$demo")
for _ in $(seq 300); do
    kill -0 "$demo" 2>/dev/null || break
    grep -q 'Ctrl-C ends everything' "$work/full.txt" && break
    sleep 1
done
head -c $((($(df -m --output=avail "$disk" | tail -n 1) - 30) * 1048576)) /dev/zero >"$disk/filler"
code=0
wait "$demo" || code=$?
[ "$code" -eq 3 ] || { cat "$work/full.txt"; die "on the full disk: exit $code, not 3"; }
grep -q 'is full' "$work/full.txt" || { cat "$work/full.txt"; die 'it does not say that the disk is full'; }
nothing_left
rm "$disk/filler"
./offerstorm demo --exit-when-done --data-dir "$disk/data" >"$work/last.txt" 2>&1 || { tail -20 "$work/last.txt"; die 'the last run failed'; }
tail -2 "$work/last.txt"
nothing_left
