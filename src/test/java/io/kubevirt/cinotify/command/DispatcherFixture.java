// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.command;

import static io.kubevirt.cinotify.fixture.Examples.NOON;

import io.kubevirt.cinotify.diagnosis.Diagnoser;
import io.kubevirt.cinotify.diagnosis.Diagnosis;
import io.kubevirt.cinotify.fixture.Seed;
import io.kubevirt.cinotify.incident.DiagnosisFeedback;
import io.kubevirt.cinotify.incident.DiagnosisFeedback.RuleCount;
import io.kubevirt.cinotify.incident.IncidentAction;
import io.kubevirt.cinotify.incident.IncidentKind;
import io.kubevirt.cinotify.incident.IncidentState;
import io.kubevirt.cinotify.incident.IncidentView;
import io.kubevirt.cinotify.incident.notify.RecipientResolver;
import io.kubevirt.cinotify.notify.template.GitHubMarkdown;
import io.kubevirt.cinotify.prow.ContextPolicy.Need;
import io.kubevirt.cinotify.prow.JobConfig;
import io.kubevirt.cinotify.prow.JobConfigFile;
import io.kubevirt.cinotify.prow.JobRun;
import io.kubevirt.cinotify.prow.JobState;
import io.kubevirt.cinotify.prow.JobType;
import io.kubevirt.cinotify.prow.PluginJobNames;
import io.kubevirt.cinotify.prow.Repository;
import io.kubevirt.cinotify.prow.RunUrlReader;
import io.kubevirt.cinotify.prow.TrustedHosts;
import io.kubevirt.cinotify.roster.LastNotified;
import io.kubevirt.cinotify.roster.SigDirectory;
import io.kubevirt.cinotify.routing.Cause;
import io.kubevirt.cinotify.routing.Confidence;
import io.kubevirt.cinotify.routing.Route;
import io.kubevirt.cinotify.routing.RouteSource;
import io.kubevirt.cinotify.routing.Routing;
import io.kubevirt.cinotify.routing.Routing.GroupNames;
import io.kubevirt.cinotify.routing.RoutingRule;
import io.kubevirt.cinotify.routing.SigNames;
import io.kubevirt.cinotify.suspect.SuspectVerdict;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import io.kubevirt.cinotify.yaml.YamlDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A conversation with the dispatcher over the KubeVirt configuration; the incident actions and the clock are fakes. */
final class DispatcherFixture implements IncidentActions {

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
    List<String> notifiedHere = List.of();
    Optional<String> refusal = Optional.empty();
    CommandEnvironment.Limits limits = new CommandEnvironment.Limits(5, 10, 30);
    final List<CommandContext.FailedCheck> failedChecks = new ArrayList<>();
    final List<IncidentView> incidents = new ArrayList<>();
    final List<IncidentView> withheld = new ArrayList<>();
    final Set<String> privateJobs = new HashSet<>();
    final List<CommandLogEntry> recentCommands = new ArrayList<>();
    final List<Reassignment> reassignments = new ArrayList<>();
    final List<IncidentActions.Request> openedIncidents = new ArrayList<>();
    final List<IncidentAction> appliedActions = new ArrayList<>();
    final List<DiagnosisFeedback> feedback = new ArrayList<>();
    final List<SuspectVerdict> verdicts = new ArrayList<>();
    JobFiles jobFiles;
    private final SigDirectory sigs;
    private final JobConfig jobs;
    private int number = 14890;

    DispatcherFixture() {
        try {
            sigs = SigDirectory.read(YamlDocument.parse("sigs.yaml", Files.readString(Path.of("config", "sigs.yaml"))));
        } catch (InvalidConfigException | IOException e) {
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
    CommandResult writes(String author, String body) {
        Command request = Command.parseAll(body).getFirst();
        CommandContext facts = context(author, body);
        CommandResult result = new CommandDispatcher(environment(), this).dispatch(request, facts);
        recentCommands.add(result.logEntry());
        reassignments.addAll(result.reassignments());
        return result;
    }

    DispatcherFixture elsewhere() {
        number++;
        return this;
    }

    CommandContext context(String author, String body) {
        Conversation conversation =
                new Conversation(Repository.of("kubevirt/kubevirt"), number, pull, open, title, "pr-author", labels);
        String url =
                "https://github.com/kubevirt/kubevirt/pull/" + number + "#issuecomment-" + (recentCommands.size() + 1);
        Comment comment = new Comment(
                url,
                conversation,
                author,
                body,
                url,
                false,
                new Comment.ReactionTarget(Comment.Kind.COMMENT, recentCommands.size() + 1));
        return new CommandContext(
                comment,
                now,
                author.equals(TRUSTED),
                "abc123",
                failedChecks,
                null,
                incidents,
                withheld,
                lane -> !privateJobs.contains(lane.job()),
                notifiedHere,
                recentCommands,
                reassignments,
                jobFiles);
    }

    CommandEnvironment environment() {
        Set<String> names = sigs.sigs().stream().map(sig -> sig.shortName()).collect(Collectors.toSet());
        SigNames sigNames = new SigNames(names, Map.of("operator", "control-plane", "wg-arm64", "wg-arch-arm"));
        RoutingRule rule = new RoutingRule(
                "named-sig",
                com.google.re2j.Pattern.compile("(^|-)sig-(?P<sig>[a-z][a-z0-9.-]*)"),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                "${sig}",
                null,
                null,
                "the name of the lane names the SIG of its tests");
        Routing routing = new Routing(
                new GroupNames(sigNames, AREAS, "ci-notify.example.org"),
                List.of(rule),
                Map.of(),
                new Route(
                        "compute",
                        "sig-support",
                        Cause.TEST,
                        RouteSource.DEFAULT,
                        "default",
                        "nothing else is known",
                        Confidence.LOW));
        Diagnoser diagnoser = new Diagnoser(PluginJobNames.NONE, jobs, routing, Map.of());
        return new CommandEnvironment(
                new TargetResolver(AREAS, sigs, sigNames, jobs),
                new Permissions(Seed.roster(), sigs, aliases()),
                new RecipientResolver(Seed.roster(), sigs, LastNotified.never()),
                diagnoser,
                new RunUrlReader(TrustedHosts.of(List.of("prow.example.org"), List.of("bucket"))),
                "sig-support",
                limits,
                new GitHubMarkdown());
    }

    private static io.kubevirt.cinotify.roster.OwnersAliases aliases() {
        try {
            return Seed.aliases();
        } catch (InvalidConfigException e) {
            throw new AssertionError(e);
        }
    }

    void failedCheck(String job, boolean required) {
        failedCheck(job, required ? Need.REQUIRED : Need.OPTIONAL);
    }

    void failedCheck(String job, Need need) {
        JobRun run = JobRun.builder(job, JobType.PRESUBMIT, JobState.FAILURE)
                .repository(Repository.of("kubevirt/kubevirt"))
                .description("Job failed.")
                .build(
                        "7",
                        "https://prow.example.org/view/gs/bucket/pr-logs/pull/kubevirt_kubevirt/14890/" + job + "/7")
                .build();
        failedChecks.add(
                new CommandContext.FailedCheck(run, environment().diagnoser().diagnose(run), need));
    }

    IncidentView incident(String id, String job, String sig) {
        Diagnosis diagnosis = new Diagnosis(
                Cause.TEST, sig, "sig-support", Confidence.MEDIUM, "named-sig", List.of("the name says so"));
        IncidentView view = new IncidentView(
                id,
                IncidentKind.LANE,
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
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
        incidents.add(view);
        return view;
    }

    @Override
    public Opened open(IncidentActions.Request call) {
        openedIncidents.add(call);
        RecipientResolver addressing = environment().recipients();
        return new Opened(
                "0000000001",
                call.onlyRecipient() == null
                        ? addressing.resolve(call.diagnosis(), true, now)
                        : addressing
                                .forMember(call.onlyRecipient(), call.diagnosis(), true, now)
                                .orElseThrow());
    }

    @Override
    public void add(DiagnosisFeedback each) {
        feedback.add(each);
    }

    @Override
    public List<RuleCount> feedbackByRule() {
        return feedback.stream()
                .map(each -> new RuleCount(each.rule(), each.kind() == DiagnosisFeedback.Kind.WRONG_CAUSE ? 1 : 0, 0))
                .toList();
    }

    @Override
    public List<String> suspects(IncidentView incident) {
        return List.of("suspects: none");
    }

    @Override
    public void add(SuspectVerdict verdict) {
        verdicts.add(verdict);
    }

    @Override
    public SuspectVerdict.Figures suspectVerdicts() {
        return new SuspectVerdict.Figures(verdicts.size(), 0, 0);
    }

    @Override
    public Optional<String> apply(IncidentAction command) {
        appliedActions.add(command);
        return refusal;
    }
}
