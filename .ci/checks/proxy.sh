#!/usr/bin/env bash
# The dashboard behind nginx and Caddy with the files of deploy/proxy: login, path, assets, events as they come, host names.
# Then without their login, over a dashboard that asks for its own keys.
. "$(dirname "$0")/lib.sh.inc"

programs=()
for program in nginx caddy openssl; do command -v "$program" >/dev/null || programs+=("${program/%nginx/nginx-light}"); done
[ "${#programs[@]}" -eq 0 ] || { apt-get update && apt-get install -y --no-install-recommends "${programs[@]}"; } \
    >"$work/apt.log" 2>&1 || { tail -5 "$work/apt.log"; die "${programs[*]} cannot be installed"; }

openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=jobs.example.org \
    -addext subjectAltName=DNS:jobs.example.org -keyout "$work/proxy.key" -out "$work/proxy.crt" 2>"$work/openssl.txt"
password=p$(openssl rand -hex 12)
printf 'ann:%s\n' "$(openssl passwd -apr1 "$password")" >"$work/htpasswd"

# No server of the pipeline runs, which the page says.
start_dashboard() { # port and further options
    ./offerstorm dashboard --port "$1" -c dashboard.hosts=jobs.example.org -c dashboard.path=/jobs/ \
        -c redis.uri=redis://127.0.0.1:1 -c solr.url=http://127.0.0.1:1/solr "${@:2}" >"$work/dashboard-$1.txt" 2>&1 &
    pids+=($!)
    for _ in $(seq 240); do
        ! grep -qs '^Dashboard ' "$work/dashboard-$1.txt" || return 0
        sleep 0.5
    done
    cat "$work/dashboard-$1.txt"
    die 'no dashboard came up'
}
dashboard=$(free_port)
start_dashboard "$dashboard"

ask() { # options and path of curl: the status, the answer in $work/answer.txt
    curl -sS --max-time 20 --cacert "$work/proxy.crt" --resolve "jobs.example.org:$port:127.0.0.1" \
        -o "$work/answer.txt" -D "$work/header.txt" -w '%{http_code}' "${@:2}" "https://jobs.example.org:$port$1" \
        2>"$work/curl.txt" || true
}
gives() { # status, path, options
    local status
    status=$(ask "${@:2}")
    [ "$status" = "$1" ] || { cat "$work"/{curl.txt,header.txt,caddy.log,nginx/error.log} 2>/dev/null | tail -20; die "$name: $2 gives $status, not $1"; }
}
login=(-u "ann:$password")
behind() { # name of the proxy, which listens at $port; its status for another name
    name=$1
    for _ in $(seq 60); do
        [ "$(ask /jobs/)" != 401 ] || break
        sleep 0.5
    done
    gives 401 /jobs/
    grep -qi '^www-authenticate: basic' "$work/header.txt" || die "$name: a browser would not ask for the password"
    gives 401 /jobs/ -u ann:wrong
    gives 401 /jobs/api/counts
    gives 308 /jobs "${login[@]}"
    gives 200 /jobs/ "${login[@]}"
    grep -q '<title>Offerstorm' "$work/answer.txt" || die "$name: /jobs/ is not the page"
    local asset
    asset=$(sed -n 's/.*href="\([^"]*\.css\)".*/\1/p' "$work/answer.txt" | sed -n 1p)
    [ -n "$asset" ] || die "$name: the page has no style"
    gives 200 "/jobs/${asset#/jobs/}" "${login[@]}"
    gives 200 /jobs/api/openapi.json "${login[@]}"
    gives 405 /jobs/ "${login[@]}" -X POST
    ! grep -q 'jobs/api' <(ask / "${login[@]}") || die "$name: the dashboard is also outside of its path"

    # The first event must come although the answer never ends.
    curl -sSN --max-time 10 --cacert "$work/proxy.crt" --resolve "jobs.example.org:$port:127.0.0.1" "${login[@]}" \
        "https://jobs.example.org:$port/jobs/api/changes" -H "Accept: text/event-stream" >"$work/events.txt" 2>"$work/curl.txt" || true
    grep -q '^event: ' "$work/events.txt" || { cat "$work/events.txt" "$work/curl.txt"; die "$name: no event came in 10 s"; }

    # Another name gets no certificate; one in the request alone gets no page.
    : >"$work/answer.txt"
    ! curl -sSk --max-time 20 --resolve "other.example.org:$port:127.0.0.1" "${login[@]}" -o "$work/answer.txt" \
        "https://other.example.org:$port/jobs/" 2>"$work/curl.txt" || die "$name: there is a connection for another name"
    grep -qiE 'alert|unrecognized name' "$work/curl.txt" || { cat "$work/curl.txt"; die "$name: another name is not refused by TLS"; }
    gives "$2" /jobs/ "${login[@]}" -H 'Host: other.example.org'
    ! grep -q '<title>Offerstorm' "$work/answer.txt" || die "$name: another host name gets the page"
    echo "  $name: login, path, assets, events, host names"
}
here() { # file, port of the dashboard: with the paths and ports of this check
    sed -e "s:/etc/offerstorm/:$work/:g; s/\b443\b/$port/; s/127\.0\.0\.1:8080/127.0.0.1:$2/" "deploy/proxy/$1"
}
without_login() { # as the comments in the files say
    sed -e '/^ *auth_basic/d; /^ *basicauth {/,/^ *}$/d; /^ *\(proxy_set_header\|header_up\).*Authorization/d'
}

port=$(free_port)
mkdir "$work/nginx"
user= # its processes read the check's files
[ "$(id -u)" -ne 0 ] || user='user root;'
cat >"$work/nginx.conf" <<CONF
$user
daemon off;
pid $work/nginx/nginx-pid;
error_log $work/nginx/error.log;
events {}
http {
    access_log off;
    client_body_temp_path $work/nginx/body;
    proxy_temp_path $work/nginx/proxy;
    fastcgi_temp_path $work/nginx/fastcgi;
    uwsgi_temp_path $work/nginx/uwsgi;
    scgi_temp_path $work/nginx/scgi;
    include $work/offerstorm.conf;
}
CONF
start_nginx() { # its configuration comes by standard input
    sed "s/listen $port/listen 127.0.0.1:$port/" >"$work/offerstorm.conf"
    "$(command -v nginx || echo /usr/sbin/nginx)" -c "$work/nginx.conf" -e "$work/nginx/error.log" &
    pids+=($!)
}
start_nginx < <(here nginx.conf "$dashboard")
nginx=${pids[-1]}
behind nginx 421

hash=$(caddy hash-password --plaintext "$password")
start_caddy() { # its configuration comes by standard input
    {
        printf '{\n    admin off\n    auto_https disable_redirects\n    default_bind 127.0.0.1\n'
        printf '    storage file_system %s\n}\n' "$work/caddy"
        cat
    } >"$work/Caddyfile"
    HOME=$work OFFERSTORM_PASSWORD_HASH=$hash caddy run --config "$work/Caddyfile" --adapter caddyfile >"$work/caddy.log" 2>&1 &
    pids+=($!)
}
port=$(free_port)
start_caddy < <(here Caddyfile "$dashboard")
behind Caddy 200 # empty: no site has that name

# The password is now the key, which the dashboard itself asks for.
printf '%s\n' "$password" >"$work/key"
own=$(free_port)
start_dashboard "$own" -c "dashboard.keys.ann=\${file:$work/key}"
kill "$nginx"
wait "$nginx" || true # its processes and its file of the pid are gone
port=$(free_port)
start_nginx < <(here nginx.conf "$own" | without_login)
behind 'nginx and a key' 421
gives 200 /jobs/api/counts -H "Authorization: Bearer $password"
port=$(free_port)
start_caddy < <(here Caddyfile "$own" | without_login)
behind 'Caddy and a key' 200
gives 200 /jobs/api/counts -H "Authorization: Bearer $password"
