/*
 * This file is part of the ci-notify project.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */
package io.kubevirt.cinotify.command;

import static io.kubevirt.cinotify.fixture.Examples.NOON;

import io.kubevirt.cinotify.diagnosis.Cause;
import io.kubevirt.cinotify.diagnosis.Confidence;
import io.kubevirt.cinotify.diagnosis.Diagnoser;
import io.kubevirt.cinotify.diagnosis.Diagnosis;
import io.kubevirt.cinotify.diagnosis.Route;
import io.kubevirt.cinotify.diagnosis.Routing;
import io.kubevirt.cinotify.diagnosis.RoutingRule;
import io.kubevirt.cinotify.diagnosis.SigNames;
import io.kubevirt.cinotify.diagnosis.Vocabulary;
import io.kubevirt.cinotify.document.InvalidDocument;
import io.kubevirt.cinotify.document.YamlDocument;
import io.kubevirt.cinotify.fixture.Seed;
import io.kubevirt.cinotify.incident.Addressing;
import io.kubevirt.cinotify.incident.IncidentState;
import io.kubevirt.cinotify.incident.policy.CaseKind;
import io.kubevirt.cinotify.incident.policy.Command;
import io.kubevirt.cinotify.incident.policy.IncidentView;
import io.kubevirt.cinotify.notice.template.GitHubMarkdown;
import io.kubevirt.cinotify.prow.AllowedAddresses;
import io.kubevirt.cinotify.prow.JobConfig;
import io.kubevirt.cinotify.prow.JobConfigFile;
import io.kubevirt.cinotify.prow.JobRun;
import io.kubevirt.cinotify.prow.JobState;
import io.kubevirt.cinotify.prow.JobType;
import io.kubevirt.cinotify.prow.Repository;
import io.kubevirt.cinotify.prow.RunUrlReader;
import io.kubevirt.cinotify.prow.RuntimeNames;
import io.kubevirt.cinotify.roster.LastTold;
import io.kubevirt.cinotify.roster.SigDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A conversation with the decider over the documents of the KubeVirt group; the desk and the clock are the test's. */
final class Talk implements IncidentDesk {

    static final String LANE = "pull-kubevirt-e2e-k8s-1.36-sig-network";
    static final String ID = "6c64f78b1d";
    static final String MEMBER = "dhiller";
    static final String OUTSIDER = "somebody";
    static final String TRUSTED = "trusted-person";

    private static final Set<String> AREAS = Set.copyOf(Seed.COLUMNS.areas());

    Instant now = NOON;
    String title = "Make it better";
    boolean pull = true;
    boolean open = true;
    List<String> labels = List.of();
    List<String> saidHere = List.of();
    Optional<String> refusal = Optional.empty();
    Knowledge.Limits limits = new Knowledge.Limits(5, 10, 30);
    final List<Red> reds = new ArrayList<>();
    final List<IncidentView> incidents = new ArrayList<>();
    final List<Earlier> earlier = new ArrayList<>();
    final List<Moved> moved = new ArrayList<>();
    final List<Call> calls = new ArrayList<>();
    final List<Command> commands = new ArrayList<>();
    private final SigDirectory sigs;
    private final JobConfig jobs;
    private int number = 14890;

    Talk() {
        try {
            sigs = SigDirectory.read(YamlDocument.parse("sigs.yaml", Files.readString(Path.of("config", "sigs.yaml"))));
        } catch (InvalidDocument | IOException e) {
            throw new AssertionError(e);
        }
        jobs = JobConfig.of(List.of(JobConfigFile.parse("jobs.yaml", """
                presubmits:
                  kubevirt/kubevirt:
                  - {name: pull-kubevirt-e2e-k8s-1.36-sig-network}
                  - {name: pull-kubevirt-e2e-k8s-1.35-sig-network}
                  - {name: pull-kubevirt-e2e-k8s-1.36-sig-storage}
                  - {name: pull-kubevirt-unit-test}
                """)));
    }

    /** Somebody writes one command, which is answered and remembered. */
    Answer says(String author, String body) {
        Request request = Grammar.read(body).getFirst();
        Facts facts = facts(author, body);
        Answer answer = new Decider(knowledge(), this).answer(request, facts);
        earlier.add(answer.earlier());
        moved.addAll(answer.moved());
        return answer;
    }

    Talk elsewhere() {
        number++;
        return this;
    }

    Facts facts(String author, String body) {
        Conversation conversation =
                new Conversation(Repository.of("kubevirt/kubevirt"), number, pull, open, title, "pr-author", labels);
        String url = "https://github.com/kubevirt/kubevirt/pull/" + number + "#issuecomment-" + (earlier.size() + 1);
        Comment comment = new Comment(
                conversation, author, body, url, false, new Comment.Spot(Comment.Kind.COMMENT, earlier.size() + 1));
        return new Facts(
                comment, now, author.equals(TRUSTED), "abc123", reds, null, incidents, saidHere, earlier, moved);
    }

    Knowledge knowledge() {
        Set<String> names = sigs.sigs().stream().map(sig -> sig.shortName()).collect(Collectors.toSet());
        SigNames sigNames = new SigNames(names, Map.of("operator", "control-plane", "wg-arm64", "wg-arch-arm"));
        RoutingRule rule = new RoutingRule(
                "named-sig",
                com.google.re2j.Pattern.compile("(^|-)sig-(?P<sig>[a-z][a-z0-9.-]*)"),
                null,
                null,
                null,
                null,
                "${sig}",
                null,
                null,
                "the name of the lane says whose tests it runs");
        Routing routing = new Routing(
                new Vocabulary(sigNames, AREAS, "ci-notify.example.org"),
                List.of(rule),
                Map.of(),
                new Route("compute", "sig-support", Cause.TEST, "default", "nothing else is known", Confidence.LOW));
        Diagnoser diagnoser = new Diagnoser(RuntimeNames.NONE, jobs, routing, Map.of());
        return new Knowledge(
                new Targets(AREAS, sigs, sigNames, jobs),
                new Access(Seed.roster(), sigs, aliases()),
                new Addressing(Seed.roster(), sigs, LastTold.never()),
                diagnoser,
                new RunUrlReader(AllowedAddresses.of(List.of("prow.example.org"), List.of("bucket"))),
                "sig-support",
                limits,
                new GitHubMarkdown());
    }

    private static io.kubevirt.cinotify.roster.OwnersAliases aliases() {
        try {
            return Seed.aliases();
        } catch (InvalidDocument e) {
            throw new AssertionError(e);
        }
    }

    void red(String job, boolean required) {
        JobRun run = JobRun.of(job, JobType.PRESUBMIT, JobState.FAILURE)
                .repository(Repository.of("kubevirt/kubevirt"))
                .description("Job failed.")
                .build(
                        "7",
                        "https://prow.example.org/view/gs/bucket/pr-logs/pull/kubevirt_kubevirt/14890/" + job + "/7")
                .build();
        reds.add(new Red(run, knowledge().diagnoser().diagnose(run), required));
    }

    IncidentView incident(String id, String job, String sig) {
        Diagnosis diagnosis = new Diagnosis(
                Cause.TEST, sig, "sig-support", Confidence.MEDIUM, "named-sig", List.of("the name says so"));
        IncidentView view = new IncidentView(
                id,
                CaseKind.LANE,
                "kubevirt/kubevirt " + job,
                IncidentState.OPEN,
                diagnosis,
                true,
                List.of(job),
                now.minus(Duration.ofHours(2)),
                null,
                3,
                List.of(14890, 14891),
                null,
                "3 pull requests within a day",
                MEMBER,
                null,
                null,
                null);
        incidents.add(view);
        return view;
    }

    @Override
    public Raised raise(Call call) {
        calls.add(call);
        Addressing addressing = knowledge().addressing();
        return new Raised(
                "0000000001",
                call.only() == null
                        ? addressing.of(call.diagnosis(), true, now)
                        : addressing.named(call.only(), call.diagnosis(), now).orElseThrow());
    }

    @Override
    public Optional<String> carryOut(Command command) {
        commands.add(command);
        return refusal;
    }
}
