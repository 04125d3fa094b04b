#!/bin/sh
# Creates in folder $1, unless it has them: the issuer of the brokers' certificate (ca.crt), the brokers' key for the hosts $3...
# (broker.p12), for each user of the list $2 a file of its name with a password, and the settings of people's tools
# (tools.properties). Needs keytool of Java 17 or newer. The issuer's own key is not kept.
set -eu
folder=$1 list=$2
shift 2
# Written last.
[ -e "$folder/ca.crt" ] || rm -f "$folder"/*

for user in $(sed -n 's/^  name: //p' "$list"); do
  # Begins with a letter, so that no reader takes it for a number.
  [ -e "$folder/$user" ] || printf 'k%s' "$(od -An -N18 -tx1 /dev/urandom | tr -d ' \n')" > "$folder/$user"
done
# A broker of another name needs new keys: delete the folder.
[ ! -e "$folder/ca.crt" ] || exit 0

hosts=ip:127.0.0.1,dns:localhost
for host; do hosts=$hosts,dns:$host; done

# A key store needs a password. What protects this one is the folder.
export STORE_PASSWORD=broker-keys
keys() {
  keytool "$@" -keystore "$folder/broker.p12" -storetype PKCS12 -storepass:env STORE_PASSWORD
}
generate() {
  keys -genkeypair -alias "$@" -keyalg EC -groupname secp256r1 -validity 3650
}
generate issuer -dname CN=issuer -ext bc=ca:true -ext ku=keyCertSign
generate broker -dname CN=broker -signer issuer -ext "san=$hosts"

cat > "$folder/tools.properties" <<SETTINGS
security.protocol=SASL_SSL
sasl.mechanism=SCRAM-SHA-512
sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required username="kafka-tools" password="$(cat "$folder/kafka-tools")";
ssl.truststore.type=PEM
ssl.truststore.location=/etc/kafka-keys/ca.crt
SETTINGS

keys -exportcert -rfc -alias issuer -file "$folder/ca.new"
keys -delete -alias issuer
mv "$folder/ca.new" "$folder/ca.crt"
