#!/usr/bin/env bash
# Gives each role its rights in Kafka: a user for each, offerstorm-ROLE. For topics, group and ids as
# conf/offerstorm.yaml has them; change them here if yours differ. Brokers need an authorizer, such as
# authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer.
#
#   KAFKA_ACLS='kafka-acls.sh --bootstrap-server broker:9092 --command-config admin.properties' deploy/security/kafka-acls.sh
#
# docs/security.md says what each role is for.
set -euo pipefail

acl() { # role, what kafka-acls.sh takes
    local role=$1
    shift
    # shellcheck disable=SC2086 # a command with arguments
    ${KAFKA_ACLS:?is not set; see the beginning of this file} --add --allow-principal "User:offerstorm-$role" "$@"
}

# setup: makes the topics, then checks them as a worker.
acl setup --operation Create --operation Describe --operation DescribeConfigs --operation Read --topic offers
acl setup --operation Create --operation Describe --operation DescribeConfigs --operation Write --topic offers.dlq
acl setup --operation Create --operation Describe --operation DescribeConfigs --operation Read --operation Write \
    --topic offers.changes
acl setup --operation Describe --operation Write --transactional-id offerstorm-changes-offerstorm
acl setup --operation Describe --group offerstorm

# worker: the topology, and submit and doctor, which check what a worker needs. It writes deletions of expired offers.
acl worker --operation Describe --operation DescribeConfigs --operation Read --operation Write --topic offers
acl worker --operation Describe --operation DescribeConfigs --operation Write --topic offers.dlq
acl worker --operation Describe --operation Read --group offerstorm
acl worker --operation Describe --operation Write --transactional-id offerstorm.expiry.offerstorm
# Its sink changes.
acl worker --operation Describe --operation DescribeConfigs --operation Read --operation Write --topic offers.changes
acl worker --operation Describe --operation Write --transactional-id offerstorm-changes-offerstorm

# producer: produce, generate, and services that send offers.
acl producer --operation Describe --operation Write --topic offers

# ingest: the same by HTTP. It keeps the answers to requests with a key, in a topic that it makes.
acl ingest --operation Describe --operation Read --operation Write --topic offers
acl ingest --operation Create --operation Describe --operation Read --operation Write --topic offers.ingest-keys
acl ingest --operation Describe --operation Write --transactional-id offerstorm.ingest.offers

# verifier: verify, status, counts, trace, dlq ls.
acl verifier --operation Describe --operation Read --topic offers
acl verifier --operation Describe --operation Read --topic offers.dlq
acl verifier --operation Describe --operation DescribeConfigs --operation Read --topic offers.changes
acl verifier --operation Describe --group offerstorm

# operator: dlq replay and dlq drop, and all of the verifier.
acl operator --operation Describe --operation Read --operation Write --topic offers
acl operator --operation Describe --operation Read --operation Write --topic offers.dlq
acl operator --operation Describe --group offerstorm
acl operator --operation Describe --operation Write --transactional-id offerstorm.replay.offerstorm

# dashboard: how many bytes the topics have.
acl dashboard --operation Describe --cluster
acl dashboard --operation Describe --topic offers
acl dashboard --operation Describe --topic offers.dlq
acl dashboard --operation Describe --topic offers.changes
