#!/bin/sh
# Compares the restored databases with the originals: each must have the same number of rows up to an hour before the drill.
set -eu
until=$(cat /tmp/compared-until)
printf '%s' "$RESTORED_CA" > /tmp/restored-ca.crt

# Counts the rows of table $4 whose time $5 has passed, in database $3 of host $1, whose certificate authority is in $2.
count() {
  psql "host=$1 sslrootcert=$2 dbname=$3 user=restore_drill sslmode=verify-full connect_timeout=30" \
    --no-psqlrc --quiet --tuples-only --no-align --set ON_ERROR_STOP=1 --command "SELECT count(*) FROM $4 WHERE $5 < '$until'"
}

compare() {
  original=$(count orderflow-db-r /etc/postgres-ca/ca.crt "$@")
  restored=$(count orderflow-db-drill-rw /tmp/restored-ca.crt "$@")
  echo "$1.$2 until $until: $original rows, $restored restored"
  [ "$original" = "$restored" ]
}

compare order_service orders placed_at
compare inventory_service reservation created_at
compare payment_service payment created_at
compare shipping_service shipment created_at
compare loyalty_service points_entry at
compare notification_service mail sent_at
