#!/bin/sh
# Creates a database for each service, and a user that owns it and can connect to no other. The image runs it once, on an empty
# data folder.
set -eu

create() {
  psql --no-psqlrc --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname postgres \
    --set name="$1" --set password="$2" <<'SQL'
CREATE ROLE :"name" LOGIN PASSWORD :'password';
CREATE DATABASE :"name" OWNER :"name";
REVOKE ALL ON DATABASE :"name" FROM PUBLIC;
SQL
}

create order_service "$ORDER_SERVICE_PASSWORD"
create inventory_service "$INVENTORY_SERVICE_PASSWORD"
create payment_service "$PAYMENT_SERVICE_PASSWORD"
create notification_service "$NOTIFICATION_SERVICE_PASSWORD"

psql --no-psqlrc --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname postgres \
  --command 'REVOKE ALL ON DATABASE postgres, template1 FROM PUBLIC'
