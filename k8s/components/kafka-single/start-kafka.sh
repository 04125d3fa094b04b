#!/bin/sh
# Starts the broker of image apache/kafka as the image's own script does, but with a file system that is read-only except for /tmp, and
# also when the storage is formatted already.
set -eu

# Settings: the image's own, or those that it makes of variables KAFKA_*.
settings=/tmp/kafka
mkdir -p "$settings"
cp /etc/kafka/docker/*.properties /etc/kafka/docker/*.yaml "$settings"
export LOG_DIR="$settings/logs"

setup=$(/opt/kafka/bin/kafka-run-class.sh kafka.docker.KafkaDockerWrapper setup --default-configs-dir /etc/kafka/docker \
  --mounted-configs-dir /mnt/shared/config --final-configs-dir "$settings" 2>&1) || {
  echo "$setup"
  echo "$setup" | grep -q 'already formatted'
}
exec /opt/kafka/bin/kafka-server-start.sh "$settings/server.properties"
