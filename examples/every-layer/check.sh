#!/bin/sh
# Reads each layer back. It fails where a layer allows more than the policy, or the policy more than the layer.
set -e
for file in nginx/cors.conf gateway-api/cors.yaml envoy/cors.yaml s3/cors.json; do
  corsmith diff policy.json "$file"
  corsmith diff "$file" policy.json
done
