#!/bin/sh
# comment.sh ORG/REPO NUMBER LOGIN FILE: writes the file as a comment on a pull request, or edits the comment that LOGIN wrote before.
# Needs gh with a token in GH_TOKEN.
set -eu
id=$(gh api "repos/$1/issues/$2/comments?per_page=100" --paginate \
  --jq ".[] | select(.user.login == \"$3\" and (.body | startswith(\"<!-- ci-notify settings -->\"))) | .id" | head -n 1)
if [ -n "$id" ]; then
  gh api -X PATCH "repos/$1/issues/comments/$id" -F "body=@$4" >/dev/null
else
  gh api "repos/$1/issues/$2/comments" -F "body=@$4" >/dev/null
fi
