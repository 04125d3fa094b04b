#!/bin/sh
# Creates a database for each service, a user that owns it and migrates its tables, and the service's own user, which gets its rights
# from the owner. Neither can connect to another database. A role that the service may take on, and whose rights it does not inherit,
# sees the rows of all tenants. The image runs it once, on an empty data folder.
set -eu

create() {
  psql --no-psqlrc --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname postgres \
    --set name="$1" --set password="$2" --set owner="$1_owner" --set system="$1_system" --set owner_password="$3" <<'SQL'
CREATE ROLE :"owner" LOGIN PASSWORD :'owner_password';
CREATE ROLE :"name" LOGIN NOINHERIT PASSWORD :'password';
CREATE ROLE :"system" ROLE :"name";
CREATE DATABASE :"name" OWNER :"owner";
REVOKE ALL ON DATABASE :"name" FROM PUBLIC;
GRANT CONNECT ON DATABASE :"name" TO :"name";
SQL
}

create order_service "$ORDER_SERVICE_PASSWORD" "$ORDER_SERVICE_OWNER_PASSWORD"
create inventory_service "$INVENTORY_SERVICE_PASSWORD" "$INVENTORY_SERVICE_OWNER_PASSWORD"
create payment_service "$PAYMENT_SERVICE_PASSWORD" "$PAYMENT_SERVICE_OWNER_PASSWORD"
create shipping_service "$SHIPPING_SERVICE_PASSWORD" "$SHIPPING_SERVICE_OWNER_PASSWORD"
create loyalty_service "$LOYALTY_SERVICE_PASSWORD" "$LOYALTY_SERVICE_OWNER_PASSWORD"
create notification_service "$NOTIFICATION_SERVICE_PASSWORD" "$NOTIFICATION_SERVICE_OWNER_PASSWORD"

psql --no-psqlrc --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname postgres \
  --command 'REVOKE ALL ON DATABASE postgres, template1 FROM PUBLIC'
