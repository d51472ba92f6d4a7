# What stands around the server: proxies, PostgreSQL, an upgrade, a machine without systemd, alerts.
# shellcheck shell=bash

# Behind each of the documented proxies people can sign in, and the server knows their addresses.
through_proxy() { # name of the proxy
  soon 15 "$1 answers" "curl -sf https://$name/health"
  check "the administrator signs in through $1" "bash pages.sh sign-in https://$name"
  check "the log names who came through $1" "
    curl -sf -A trial --interface 127.0.0.1 -H 'X-Forwarded-For: 203.0.113.9' https://$name/sign-in >/dev/null
    sleep 0.5
    ! journalctl -u hai-long -o cat | grep -q 'from=203.0.113.9'"
  check "/metrics is not told through $1" "[ \$(curl -s -o /dev/null -w '%{http_code}' https://$name/metrics) = 401 ]"
  check "a file that is far too large is refused as such through $1" "
    bash pages.sh upload https://$name 34000000 | tee answer
    grep -qxE '413|422' answer"
}

step_nginx() {
  quietly 'apt-get install -y nginx && systemctl stop nginx'
  write proxy
  write _etc_nginx_sites-available_hai-long
  quietly 'rm -f /etc/nginx/sites-enabled/default'
  run nginx
  soon 15 "the server is back behind the proxy" 'curl -sf http://127.0.0.1:8080/health'
  through_proxy nginx
  check "http leads to https" "curl -s -o /dev/null -w '%{redirect_url}' http://$name/x | grep -qx https://$name/x"
  # The same sample at another port: QR codes and links have to lead there too.
  quietly "sed -i 's/:443 /:8443 /; s/listen 443 /listen 8443 /' /etc/nginx/sites-available/hai-long && systemctl reload nginx"
  soon 10 "nginx answers at another port" "curl -sf https://$name:8443/health"
  check "the administrator signs in there" "bash pages.sh sign-in https://$name:8443"
  check "the QR text keeps the port" "
    bash pages.sh code https://$name:8443 Q02 | tee qr
    grep -q 'server=https%3A%2F%2F$name%3A8443&code=' qr"
  # A proxy that says nothing of itself: neither by nginx's old HTTP nor under the public name.
  quietly "
    printf 'server { listen 8081; location / { proxy_pass http://127.0.0.1:8080; } }
      server { listen 8082; location / { proxy_pass http://127.0.0.1:8080; proxy_http_version 1.1; proxy_set_header Host \$http_host; } }' \
      >/etc/nginx/sites-enabled/naive
    systemctl reload nginx; sleep 1"
  check "/metrics is not told through a proxy that adds no word" "
    [ \$(curl -s -o /dev/null -w '%{http_code}' http://$name:8081/metrics) = 401 ]
    [ \$(curl -s -o /dev/null -w '%{http_code}' http://$name:8082/metrics) = 401 ]
    curl -sf http://127.0.0.1:8080/metrics | grep -q '^hai_long_tablets'"
  step_fail2ban
  quietly 'systemctl disable --now nginx'
}

# The expression of the document finds a wrong password in the real log.
step_fail2ban() {
  write _etc_fail2ban_filter.d_hai-long.conf
  check "fail2ban's expression finds who guesses" "
    curl -s -o /dev/null -H 'Origin: https://$name:8443' -d 'name=ai-do&password=sai-mat-khau&next=' https://$name:8443/sign-in
    sleep 0.5
    expression=\$(sed -n 's/^failregex = //p' /etc/fail2ban/filter.d/hai-long.conf | sed 's/<HOST>/127\\.0\\.0\\.1/')
    journalctl -u hai-long -o cat | grep -qP \"\$expression\""
}

step_caddy() {
  quietly 'apt-get install -y caddy && systemctl stop caddy'
  write _etc_caddy_Caddyfile
  run caddy
  through_proxy Caddy
  quietly 'systemctl disable --now caddy'
}

step_haproxy() {
  quietly 'apt-get install -y haproxy && systemctl stop haproxy'
  write _etc_haproxy_haproxy.cfg
  run haproxy
  through_proxy HAProxy
  quietly 'systemctl disable --now haproxy'
}

step_postgresql() {
  quietly 'apt-get install -y postgresql'
  certificate db.example.gov.vn 30
  quietly '
    install -m 0600 -o postgres -g postgres privkey.pem /var/lib/postgresql/server.key
    install -m 0644 -o postgres -g postgres fullchain.pem /var/lib/postgresql/server.pem
    install -m 0644 ca.pem /etc/hai-long/ca.pem
    # Of the kind that refuses UTF8 without template0, as minimal machines and clouds make it.
    version=$(ls /etc/postgresql)
    pg_dropcluster --stop $version main && pg_createcluster --locale=C $version main
    conf=/etc/postgresql/$version/main/postgresql.conf
    printf "ssl = on\nssl_cert_file = '\''/var/lib/postgresql/server.pem'\''\nssl_key_file = '\''/var/lib/postgresql/server.key'\''\n" >>"$conf"
    systemctl restart postgresql'
  # The prompt reads what is typed from standard input, where there is no terminal.
  printf '%s\n%s\n' 'p@ss/w:rd#%?&' 'p@ss/w:rd#%?&' >"$root/root/work/typed"
  sed -i '1i exec <typed' "$place/blocks/run/postgresql"
  run postgresql
  write database
  run move
  soon 30 "the server answers from PostgreSQL" 'curl -sf http://127.0.0.1:8080/health'
  check "the administrator is in it" "runuser -u hai-long -- analytics-server user list | grep -q ^quan-tri"
  check "every chain is whole" 'runuser -u hai-long -- analytics-server verify'
  check "a second server on the file that is left finds none" '
    [ -f /var/lib/hai-long/hai-long-moved.db ] && [ ! -e /var/lib/hai-long/hai-long.db ]'
  check "the way to the database is TLS" "
    runuser -u postgres -- psql -Atc \"select count(*) from pg_stat_ssl join pg_stat_activity using (pid) where ssl and usename = 'hai_long'\" | grep -qv '^0$'"
  check "the password is told nowhere" "
    ! (journalctl -o cat; runuser -u hai-long -- analytics-server config) | grep -E 'w:rd#|w%3Ard'"
  write _etc_systemd_system_hai-long-backup.service.d_postgresql.conf
  run backup-postgresql
  check "a dump was made for the server's user alone" '
    [ "$(stat -c "%U %a" /var/backups/hai-long/*.dump)" = "hai-long 600" ]'
  run restore-postgresql
  soon 30 "the restored database serves" 'curl -sf http://127.0.0.1:8080/health'
  check "the administrator is in it" "runuser -u hai-long -- analytics-server user list | grep -q ^quan-tri"
  check "a PostgreSQL that is killed is told within two seconds" '
    systemctl show --value -p MainPID hai-long >served
    version=$(ls /etc/postgresql)
    systemctl kill --signal=KILL "postgresql@$version-main"
    systemctl stop "postgresql@$version-main"
    sleep 1
    [ "$(curl -s --max-time 3 -o said -w "%{http_code}" http://127.0.0.1:8080/health)" = 503 ]
    grep -q unavailable said'
  check "and comes back" 'systemctl start "postgresql@$(ls /etc/postgresql)-main"'
  soon 30 "the server goes on by itself" '
    curl -sf http://127.0.0.1:8080/health
    [ "$(systemctl show --value -p MainPID hai-long)" = "$(cat served)" ]'
  check "and writes" 'runuser -u hai-long -- analytics-server token add --name Kho --scope invite'
}

step_upgrade() {
  rm -f "$root"/root/work/*.deb
  cp "$place"/newer/hai-long-server_*.deb "$root/root/work/"
  quietly 'sha256sum /etc/hai-long/server.toml >toml.sum; systemctl show -p MainPID hai-long >pid'
  run upgrade
  check "an upgrade restarts the server and keeps what was configured" '
    [ "$(systemctl show -p MainPID hai-long)" != "$(cat pid)" ]
    sha256sum -c toml.sum
    dpkg-query -W -f "\${Version}" hai-long-server | grep -q trial'
  check "what an administrator switched off stays off" '
    systemctl disable --now hai-long-backup.timer
    apt-get install -y --reinstall ./hai-long-server_*.deb
    ! systemctl is-enabled hai-long-backup.timer'
}

step_removal() {
  check "removing keeps configuration, data and backups" '
    apt-get remove -y hai-long-server
    ! systemctl is-active hai-long
    [ -f /etc/hai-long/server.toml ] && [ -f /var/lib/hai-long/hai-long-moved.db ] && ls /var/backups/hai-long/*.dump'
  check "purging takes the configuration and says what is kept" '
    apt-get purge -y hai-long-server | tee purge
    grep -q "/var/lib/hai-long is kept" purge && grep -q "/var/backups/hai-long is kept" purge
    [ ! -e /etc/hai-long ] && [ -f /var/lib/hai-long/hai-long-moved.db ] && ls /var/backups/hai-long/*.dump'
}

# Prometheus' own tool, without its service.
step_alert_rules() {
  mkdir -p "$root/root/work/rules"
  cp packaging/prometheus/* "$root/root/work/rules/"
  quietly 'dpkg -x /var/cache/apt/archives/prometheus_*.deb /root/work/prometheus'
  check "every alert is silent while all is well and rings when it should" '
    cd rules && ../prometheus/usr/bin/promtool test rules hai-long.rules.test.yml'
  check "the metrics are as Prometheus wants them" '
    curl -skf https://127.0.0.1/metrics >metrics
    prometheus/usr/bin/promtool check metrics <metrics'
}

# The last stage of the container file, line by line, in a bare system without systemd.
step_container() {
  local bare=$place/container line
  rm -rf "$bare" && mkdir -p "$bare" && tar -C "$bare" -xf "$tar"
  cp "$packages"/hai-long-server_*.deb "$bare/tmp/"
  in_bare() { SYSTEMD_NSPAWN_TMPFS_TMP=0 systemd-nspawn --quiet --register=no --keep-unit --private-network --resolv-conf=off -D "$bare" "$@"; }
  line=$(sed -n '/^FROM debian:/,$p' packaging/Containerfile | sed -n ':a; /\\$/{N; s/\\\n//; ba}; s/^RUN //p' |
    sed 's/apt-get update && //; s/--no-install-recommends//; s/rm -rf [^ ]*//; s/&& *$//')
  in_bare sh -ec "$line" >"$place/out" 2>&1 || { cat "$place/out" >&2; fail "the package does not install without systemd"; }
  echo "  ok  the package installs where there is no systemd"
  sed -n 's/^ENV //p' packaging/Containerfile >"$place/container.env"
  in_bare --user=hai-long sh -ec "
    export $(tr '\n' ' ' <"$place/container.env")
    analytics-server serve & server=\$!
    for try in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
      $(sed -n 's/^HEALTHCHECK .*CMD //p' packaging/Containerfile) && { kill \$server; exit 0; }
      sleep 1
    done
    exit 1" >"$place/out" 2>&1 || { cat "$place/out" >&2; fail "what the container runs does not answer"; }
  echo "  ok  what the container runs answers its own health check"
  rm -rf "$bare"
}
