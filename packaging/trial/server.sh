# The way of docs/operations.md from the package to a restored copy, and what lies beside it.
# shellcheck shell=bash

name=hai-long.example.gov.vn

# An authority of the trial's own, and what a centre gets from one.
authority() {
  quietly '
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 30 -subj "/CN=Trial authority" \
      -keyout ca.key -out ca.pem 2>/dev/null
    printf "127.0.0.1 localhost hai-long.example.gov.vn db.example.gov.vn\n::1 localhost\n" >/etc/hosts; rm -f /etc/resolv.conf'
  certificate hai-long.example.gov.vn 30
}

# A certificate of the authority: fullchain.pem and privkey.pem in the folder of the trial.
certificate() { # name days
  quietly "
    openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=$1 -keyout privkey.pem -out csr 2>/dev/null
    openssl x509 -req -in csr -CA ca.pem -CAkey ca.key -CAcreateserial -days $2 -out fullchain.pem \
      -extfile <(printf 'subjectAltName=DNS:$1') 2>/dev/null"
}

step_install() {
  run install
  cp "$place/out" "$place/install.out"
  grep -q 'analytics-server user add' "$place/install.out" || fail "the package does not name the next step"
  soon 20 "it answers at once, on this machine alone" 'curl -sf http://127.0.0.1:8080/health'
  check "service and backup begin with the machine" 'systemctl is-enabled hai-long hai-long-backup.timer'
  check "configuration and data have their owners and modes" '
    [ "$(stat -c "%U:%G %a" /etc/hai-long/server.toml)" = "root:hai-long 640" ]
    [ "$(stat -c "%U:%G %a" /var/lib/hai-long)" = "hai-long:hai-long 700" ]
    [ "$(stat -c "%U:%G %a" /var/backups/hai-long)" = "hai-long:hai-long 700" ]'
  check "the units are right by systemd" 'systemd-analyze verify --man=no hai-long.service hai-long-backup.service hai-long-backup.timer hai-long-backup-failed.service'
  check "every file of the package is as it was packed" 'dpkg --verify hai-long-server'
}

step_administrator() {
  run administrator
  link=$(grep -oE 'https://[^ ]+/password/[^ ]+' "$place/out") || fail "no link for a password was printed"
}

step_broken_configuration() {
  # The certificate is named and not there yet: tried for a while, said as an error, then given up.
  write own-tls
  quietly '
    mkdir -p /run/systemd/system/hai-long.service.d
    printf "[Service]\nRestartSec=50ms\n" >/run/systemd/system/hai-long.service.d/trial.conf
    systemctl daemon-reload
    systemctl restart hai-long || true'
  soon 60 "a broken configuration is not tried for ever" 'systemctl is-failed hai-long && journalctl -u hai-long | grep -q "repeated too quickly"'
  check "the reason has the priority of an error" 'journalctl -u hai-long -p err | grep -q "/etc/hai-long/certificate.pem"'
  check "no line has signs of colours" '! journalctl -u hai-long -o cat | grep -q "$(printf "\033")"'
  quietly 'rm -r /run/systemd/system/hai-long.service.d; systemctl daemon-reload; systemctl reset-failed hai-long'
}

step_certificate() {
  run certificate
  write own-tls
  run configured
  run authority
  soon 20 "the server speaks TLS at port 443, without being root" '
    curl -sf https://hai-long.example.gov.vn/health
    [ "$(stat -c %U /proc/$(systemctl show --value -p MainPID hai-long))" = hai-long ]'
  check "the link leads to a password" "bash pages.sh choose '$link'"
  check "the administrator signs in" "bash pages.sh sign-in https://$name"
  run works
  grep -q '"version"' "$place/out" || fail "/health does not answer"
  grep -q '^ok .*TLS certificate' "$place/out" || fail "check says nothing of the certificate"
  check "it answers by IPv6 as well" "curl -sf --resolve '$name:443:[::1]' https://$name/health"
}

step_lists() {
  local list
  for list in co-quan quay cong-chuc thu-tuc; do write "_srv_danh-sach_$list.csv"; done
  run import
  run tablet
  code=$(head -n 1 "$place/out")
  run token
}

step_backup() {
  run backup
  check "the backup is for the server's user alone" '
    [ "$(stat -c "%U %a" /var/backups/hai-long/*.db)" = "hai-long 600" ]'
  # Files are named by the second.
  sleep 1
  run backup-by-hand
  # The timer itself, at another time of day.
  quietly '
    mkdir -p /run/systemd/system/hai-long-backup.timer.d
    printf "[Timer]\nOnCalendar=\nOnCalendar=*:*:0/2\nAccuracySec=100ms\n" >/run/systemd/system/hai-long-backup.timer.d/trial.conf
    rm /var/backups/hai-long/*
    systemctl daemon-reload
    systemctl restart hai-long-backup.timer'
  soon 20 "the timer makes one" 'ls /var/backups/hai-long/*.db'
  quietly 'rm -r /run/systemd/system/hai-long-backup.timer.d; systemctl daemon-reload; systemctl restart hai-long-backup.timer'
  # What cron would run: /etc/cron.d has a short PATH, and the user of the sixth field.
  local line
  line=$(sed -n 's/^30 2 \* \* \* hai-long //p' docs/operations.md)
  [ -n "$line" ] || fail "docs/operations.md has no line for cron"
  check "the line for cron works with cron's PATH" "
    sleep 1; before=\$(ls /var/backups/hai-long | wc -l)
    runuser -u hai-long -- env -i PATH=/usr/bin:/bin HOME=/var/lib/hai-long /bin/sh -c '${line//\'/\'\\\'\'}'
    [ \$(ls /var/backups/hai-long | wc -l) -gt \$before ]"
  check "a night that fails is seen" '
    chown root /var/backups/hai-long
    ! systemctl start hai-long-backup
    sleep 1
    systemctl is-failed hai-long-backup hai-long-backup-failed
    journalctl -p err -u hai-long-backup-failed | grep -q "nightly backup of Hai Long failed"'
  check "the next one that succeeds takes the mark away" '
    chown hai-long /var/backups/hai-long
    systemctl start hai-long-backup
    sleep 1
    ! systemctl is-failed hai-long-backup hai-long-backup-failed'
}

step_restore() {
  run try-restore
  run restore
  soon 20 "the restored copy serves" "curl -sf https://$name/health"
  check "the administrator is in it" "bash pages.sh sign-in https://$name"
  check "the rating is in it" '
    runuser -u hai-long -- analytics-server verify
    curl -skf https://127.0.0.1/metrics | grep -q "^hai_long_ratings 1$"'
}

serial() { script "openssl s_client -connect $name:443 -servername $name </dev/null 2>/dev/null | openssl x509 -noout -serial"; }

step_renewal() {
  local before
  before=$(serial)
  certificate "$name" 31
  write _etc_letsencrypt_renewal-hooks_deploy_hai-long
  check "certbot's hook hands a renewed certificate on" "
    mkdir -p /etc/letsencrypt/live/$name
    cp fullchain.pem privkey.pem /etc/letsencrypt/live/$name/
    chmod 600 /etc/letsencrypt/live/$name/*
    /etc/letsencrypt/renewal-hooks/deploy/hai-long"
  soon 3 "a reload takes it at once" "
    [ \"\$(openssl s_client -connect $name:443 </dev/null 2>/dev/null | openssl x509 -noout -serial)\" != $before ]"
  before=$(serial)
  certificate "$name" 32
  run certificate
  soon 40 "the next one is read by itself" "
    [ \"\$(openssl s_client -connect $name:443 </dev/null 2>/dev/null | openssl x509 -noout -serial)\" != $before ]"
}

# A name that is typed by somebody who may not read the configuration gets a refusal, and no second
# database in the folder they stand in.
step_user_without_rights_is_refused() {
  check "a user without rights is refused, and nothing is made" '
    mkdir -p /tmp/nobody && chown nobody /tmp/nobody && cd /tmp/nobody
    ! runuser -u nobody -- analytics-server token add --name X --scope metrics
    [ -z "$(ls -A /tmp/nobody)" ]'
}

# Stopped in the middle of everything, as a server is whose threads hang.
step_hang() {
  check "the service is started only once it answers" '
    systemctl restart hai-long
    curl -sf http://127.0.0.1:8080/health || curl -skf https://127.0.0.1/health'
  check "a server that hangs is started anew" '
    mkdir -p /run/systemd/system/hai-long.service.d
    printf "[Service]\nWatchdogSec=3\nRestartSec=1\n" >/run/systemd/system/hai-long.service.d/trial.conf
    systemctl daemon-reload && systemctl restart hai-long
    pid=$(systemctl show --value -p MainPID hai-long)
    sleep 4
    [ "$(systemctl show --value -p MainPID hai-long)" = "$pid" ]
    kill -STOP "$pid"
    for try in $(seq 40); do
      now=$(systemctl show --value -p MainPID hai-long)
      [ "$now" != "$pid" ] && [ "$now" != 0 ] && break
      sleep 0.5
    done
    [ "$now" != "$pid" ] && [ "$now" != 0 ]'
  quietly 'rm -r /run/systemd/system/hai-long.service.d && systemctl daemon-reload && systemctl restart hai-long'
}
