#!/bin/sh
# Writes policy.json in the language of each layer, and stops where a layer cannot say all of it.
set -e
for layer in nginx gateway-api envoy s3; do
  corsmith compile "$layer" policy.json --fail-on loss -o "$layer/"
done
