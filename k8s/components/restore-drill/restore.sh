#!/bin/sh
# Restores the latest backup with all archived WAL. A cluster of a failed drill remains until the next one, to be examined.
set -eu
cluster=clusters.postgresql.cnpg.io/orderflow-db-drill
kubectl delete "$cluster" --ignore-not-found --cascade=foreground --timeout=15m
date -u -d "@$(($(date -u +%s) - 3600))" '+%Y-%m-%d %H:%M:%S+00' > /tmp/compared-until
kubectl create --filename /opt/restore-drill/cluster.yaml
kubectl wait "$cluster" --for=condition=Ready --timeout=4h
