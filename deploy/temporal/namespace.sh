#!/bin/sh
# Makes the namespace `default` where it is missing; histories of closed runs are kept for 30 days.
set -eu
until temporal operator cluster health; do sleep 2; done
temporal operator namespace describe --namespace default >/dev/null 2>&1 ||
  temporal operator namespace create --namespace default --retention 30d
