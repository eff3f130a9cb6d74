// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.routing;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import io.kubevirt.cinotify.routing.KnownGroups.OwnersFile;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the SIG of a job where the configuration of Prow or sigs.yaml names it, without any rule. */
final class JobOwners {
    private static final Pattern OWNER = Pattern.compile("(?i)\\bowners?\\s*:([^;\\n]*)");

    private final SigNames names;
    private final KnownGroups groups;
    private final Map<String, String> slackChannels;
    private final Map<String, String> alertEmails = new HashMap<>();

    JobOwners(SigNames names, KnownGroups groups, Map<String, String> slackChannels, Map<String, String> alertEmails) {
        this.names = names;
        this.groups = groups;
        this.slackChannels = slackChannels;
        alertEmails.forEach((address, sig) -> this.alertEmails.put(address.toLowerCase(Locale.ROOT), sig));
    }

    /** The SIG, and the sentence of the trace. */
    record Owner(String sig, String because) {}

    /** The owner that a source other than annotations, rules and repositories names. */
    Optional<Owner> find(RouteSource source, RoutingInput job) {
        return switch (source) {
            case TESTGRID -> byDashboard(job);
            case SLACK -> bySlackChannel(job);
            case EMAIL -> byAlertEmail(job);
            case DESCRIPTION -> byDescription(job);
            case FILE -> job.file() == null ? Optional.empty() : byFile(job.file());
            case OWNERS -> job.file() == null ? Optional.empty() : byOwnersFile(job.file());
            case SUBPROJECTS -> bySubproject(job);
            case ANNOTATION, RULES, REPOSITORIES, DEFAULT, TESTS -> Optional.empty();
        };
    }

    /** Dashboards are listed by importance; the first that names a SIG decides. */
    private Optional<Owner> byDashboard(RoutingInput job) {
        return listed(job, "testgrid-dashboards")
                .flatMap(dashboard -> names.groupAtStartOf(dashboard).stream()
                        .map(sig -> new Owner(sig, "the testgrid dashboard " + dashboard + " belongs to " + sig)))
                .findFirst();
    }

    private Optional<Owner> bySlackChannel(RoutingInput job) {
        return Optional.ofNullable(job.slackChannel()).flatMap(channel -> Optional.ofNullable(
                        slackChannels.get(channel))
                .map(sig -> new Owner(sig, "Prow reports the job to the Slack channel " + channel + " of " + sig)));
    }

    private Optional<Owner> byAlertEmail(RoutingInput job) {
        return listed(job, "testgrid-alert-email")
                .flatMap(address -> Stream.ofNullable(alertEmails.get(address.toLowerCase(Locale.ROOT)))
                        .map(sig -> new Owner(sig, "testgrid alerts " + address + " of " + sig)))
                .findFirst();
    }

    private static Stream<String> listed(RoutingInput job, String annotation) {
        String list = job.annotations().get(annotation);
        return list == null
                ? Stream.empty()
                : Arrays.stream(list.split(",")).map(String::strip).filter(text -> !text.isEmpty());
    }

    private Optional<Owner> byDescription(RoutingInput job) {
        Matcher matcher = OWNER.matcher(job.annotations().getOrDefault("description", ""));
        return matcher.find()
                ? names.groupIn(matcher.group(1))
                        .map(sig -> new Owner(sig, "the description of the job names the owner " + sig))
                : Optional.empty();
    }

    /**
     * A folder or file with the full name of a group, from the inside out; then two folders that are a repository of a
     * subproject; then a folder, or the begin of the file name, that is the name of a SIG or subproject.
     */
    private Optional<Owner> byFile(String file) {
        int dot = file.lastIndexOf('.');
        List<String> parts = List.of((dot > file.lastIndexOf('/') ? file.substring(0, dot) : file)
                .toLowerCase(Locale.ROOT)
                .split("/"));
        return parts.reversed().stream()
                .flatMap(part -> names.groupIn(part).stream()
                        .map(sig -> new Owner(sig, "the job file " + file + " is named for " + sig)))
                .findFirst()
                .or(() -> byRepositoryFolder(file, parts))
                .or(() -> byPlainName(file, parts));
    }

    private Optional<Owner> byRepositoryFolder(String file, List<String> parts) {
        for (int index = parts.size() - 1; index > 0; index--) {
            String repository = parts.get(index - 1) + "/" + parts.get(index);
            Optional<String> sig = groups.subprojects().sigOf(repository);
            if (sig.isPresent()) {
                return sig.map(name -> new Owner(
                        name, "the job file " + file + " is that of " + repository + ", a subproject of " + name));
            }
        }
        return Optional.empty();
    }

    private Optional<Owner> byPlainName(String file, List<String> parts) {
        for (String name = parts.getLast(); !name.isEmpty(); name = SigNames.withoutLastPart(name)) {
            Optional<Owner> owner = byPlainName(file, name);
            if (owner.isPresent()) {
                return owner;
            }
        }
        return parts.reversed().stream()
                .skip(1)
                .flatMap(part -> byPlainName(file, part).stream())
                .findFirst();
    }

    private Optional<Owner> byPlainName(String file, String name) {
        return names.groupNamed(name)
                .map(sig -> new Owner(sig, "the job file " + file + " is named for " + sig))
                .or(() -> groups.subprojects()
                        .sigOfName(name)
                        .map(sig -> new Owner(
                                sig, "the job file " + file + " is named for " + name + ", a subproject of " + sig)));
    }

    /** The nearest OWNERS file that names any SIG decides; one that names several decides nothing. */
    private Optional<Owner> byOwnersFile(String file) {
        for (String folder = parent(file); ; folder = parent(folder)) {
            OwnersFile owners = groups.ownersFiles().get(folder);
            List<String> sigs = owners == null ? List.of() : sigsOf(owners);
            if (!sigs.isEmpty()) {
                String path = folder.isEmpty() ? "OWNERS" : folder + "/OWNERS";
                return sigs.size() > 1
                        ? Optional.empty()
                        : Optional.of(new Owner(sigs.getFirst(), path + " names " + sigs.getFirst()));
            }
            if (folder.isEmpty()) {
                return Optional.empty();
            }
        }
    }

    private List<String> sigsOf(OwnersFile owners) {
        List<String> labelled = sigsOf(owners.labels());
        return labelled.isEmpty() ? sigsOf(owners.approvers()) : labelled;
    }

    private List<String> sigsOf(List<String> entries) {
        return entries.stream()
                .flatMap(entry -> names.groupAtStartOf(entry).stream())
                .distinct()
                .toList();
    }

    private static String parent(String path) {
        return path.substring(0, Math.max(path.lastIndexOf('/'), 0));
    }

    private Optional<Owner> bySubproject(RoutingInput job) {
        return Optional.ofNullable(job.repository()).flatMap(repository -> groups.subprojects()
                .sigOf(repository)
                .map(sig -> new Owner(sig, "sigs.yaml lists " + repository + " as a subproject of " + sig)));
    }
}
