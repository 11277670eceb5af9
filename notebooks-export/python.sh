#!/bin/sh
# Makes a virtual environment with what the notebooks need, once, and prints its Python.
#   notebooks-export/python.sh [FOLDER]        default .build/notebook-python
set -eu
here=$(cd "$(dirname "$0")" && pwd)
folder=${1:-"$here/../.build/notebook-python"}
mark="$folder/requirements.txt"
if ! cmp -s "$here/requirements.txt" "$mark"; then
  rm -rf "$folder"
  python3 -m venv "$folder" >&2
  "$folder/bin/pip" install --quiet --disable-pip-version-check -r "$here/requirements.txt" >&2
  cp "$here/requirements.txt" "$mark"
fi
echo "$(cd "$folder" && pwd)/bin/python"
