// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.suspect;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * GitHub's answer to what lies between two commits. Its files are those of the whole range, so they are nobody's unless the
 * range has one change.
 *
 * @param merges in the order of the branch
 * @param isAncestor false after a force push: there is no range then
 * @param complete false if GitHub left out commits
 */
public record CompareAnswer(List<MergedPull> merges, boolean isAncestor, boolean complete) {
    private static final Pattern MERGE = Pattern.compile("^Merge pull request #([0-9]{1,9}) ");
    private static final Pattern SQUASH = Pattern.compile("\\(#([0-9]{1,9})\\)$");

    public CompareAnswer {
        merges = List.copyOf(merges);
    }

    public static CompareAnswer parse(JsonNode answer, String repository, String branch) {
        Map<String, JsonNode> commits = new HashMap<>();
        answer.path("commits").forEach(commit -> commits.put(commit.path("sha").asText(), commit));
        boolean ancestor =
                List.of("ahead", "identical").contains(answer.path("status").asText());
        List<MergedPull> merges = new ArrayList<>();
        JsonNode all = answer.path("commits");
        String next = all.isEmpty() ? "" : all.path(all.size() - 1).path("sha").asText();
        // First parents only: of a merge the commits of its branch are listed as well.
        while (commits.containsKey(next)) {
            JsonNode commit = commits.remove(next);
            merges.addFirst(merge(commit, repository, branch));
            next = commit.path("parents").path(0).path("sha").asText();
        }
        List<String> files = new ArrayList<>();
        answer.path("files").forEach(file -> files.add(file.path("filename").asText()));
        if (merges.size() == 1) {
            merges.set(0, merges.getFirst().withPaths(files, true));
        }
        return new CompareAnswer(merges, ancestor, answer.path("total_commits").asInt(all.size()) <= all.size());
    }

    private static MergedPull merge(JsonNode commit, String repository, String branch) {
        String message = commit.path("commit").path("message").asText();
        String[] lines = message.split("\n", -1);
        Matcher merged = MERGE.matcher(lines[0]);
        Matcher squashed = SQUASH.matcher(lines[0].strip());
        boolean isMerge = merged.find();
        String number = isMerge ? merged.group(1) : squashed.find() ? squashed.group(1) : "0";
        String title = isMerge && lines.length > 2 ? lines[2] : lines[0];
        return new MergedPull(
                repository,
                branch,
                commit.path("sha").asText(),
                Integer.parseInt(number),
                number.equals("0") ? title : title.replaceAll(" *\\(#" + number + "\\)$", ""),
                // A merge is committed by whoever merged it, who is not its author.
                isMerge ? "" : commit.path("author").path("login").asText(""),
                time(commit.path("commit").path("committer").path("date").asText()),
                List.of(),
                false,
                null);
    }

    private static Instant time(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            return Instant.EPOCH;
        }
    }
}
