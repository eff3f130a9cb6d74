// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.store;

import io.kubevirt.cinotify.incident.IncidentView;
import io.kubevirt.cinotify.incident.ObservedRun;
import io.kubevirt.cinotify.incident.VisibilityScope;
import io.kubevirt.cinotify.prow.JobRun;
import io.kubevirt.cinotify.prow.Lane;
import io.kubevirt.cinotify.prow.Repository;
import io.kubevirt.cinotify.prow.Visibility;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/** What webhooks and ProwJobs show of the visibility of repositories and jobs; and that of incidents and messages. */
public final class VisibilityTable {
    /** Of the repository itself. */
    private static final String NO_JOB = "";

    /** One private run makes an incident private, one unknown run makes it unknown. */
    private static final String OF_RUNS =
            "(SELECT CASE WHEN max(CASE WHEN run.visibility = 'private' THEN 1 ELSE 0 END) = 1"
                    + " THEN 'private' WHEN min(CASE WHEN run.visibility = 'public' THEN 1 ELSE 0 END) = 1 THEN 'public'"
                    + " ELSE 'unknown' END FROM run_outcome AS o JOIN run ON run.lane = o.lane AND run.build_id = o.build_id"
                    + " WHERE o.incident = incident.id)";

    private final Handle handle;

    /** What this transaction has read, by repository and job: the deliveries of a storm ask for the same few. */
    private final Map<List<String>, Known> read = new HashMap<>();

    VisibilityTable(Handle handle) {
        this.handle = handle;
    }

    /** What is known of a run's repository and of its job. */
    public record Known(Visibility repository, Visibility job) {}

    /** Keeps what the source of a run shows, for other runs of the repository or the job. */
    public Known observe(JobRun run) {
        Known known = known(run);
        boolean ofJob = run.prowJob() != null;
        Visibility before = ofJob ? known.job() : known.repository();
        // A ProwJob shows only whether its job is hidden; one that is not does not prove that the repository is public.
        Visibility shown = ofJob && run.visibility() == null ? Visibility.UNKNOWN : run.visibility();
        if (shown == null || shown == before) {
            return known;
        }
        save(name(run.repository()), ofJob ? run.job() : NO_JOB, shown);
        return ofJob ? new Known(known.repository(), shown) : new Known(shown, known.job());
    }

    /** What is known of a run's repository and of its job. */
    public Known known(JobRun run) {
        return read.computeIfAbsent(List.of(name(run.repository()), run.job()), key -> stored(key.get(0), key.get(1)));
    }

    private Known stored(String repository, String job) {
        Map<String, Visibility> known = new HashMap<>();
        handle.createQuery(
                        "SELECT job, visibility FROM visibility WHERE repository = :repository AND job IN ('', :job)")
                .bind("repository", repository)
                .bind("job", job)
                .map((row, context) -> known.put(row.getString("job"), Visibility.named(row.getString("visibility"))))
                .list();
        return new Known(known.getOrDefault(NO_JOB, Visibility.UNKNOWN), known.getOrDefault(job, Visibility.UNKNOWN));
    }

    /** As webhooks show it. */
    public Visibility ofRepository(Repository repository) {
        return handle.createQuery("SELECT visibility FROM visibility WHERE repository = :repository AND job = ''")
                .bind("repository", repository.fullName())
                .map((row, context) -> Visibility.named(row.getString("visibility")))
                .findOne()
                .orElse(Visibility.UNKNOWN);
    }

    /** Keeps what a webhook shows of its repository. */
    public void observe(Repository repository, Visibility shown) {
        if (shown != ofRepository(repository)) {
            save(repository.fullName(), NO_JOB, shown);
        }
    }

    /** Whether everybody may see a stored run, by its id. */
    public boolean isPublic(String run) {
        return handle.createQuery("SELECT count(*) FROM run WHERE lane = :lane AND build_id = :build"
                                + " AND visibility = 'public'")
                        .bindMap(ObservedRun.keyOf(run))
                        .mapTo(Integer.class)
                        .one()
                == 1;
    }

    /** Whether everybody may see an incident; one that is not stored yet is as the runs of its jobs. */
    boolean isPublic(String incident, @Nullable String repository, Collection<String> jobs) {
        return handle.createQuery("SELECT visibility FROM incident WHERE id = :id")
                .bind("id", incident)
                .mapTo(String.class)
                .findOne()
                .map(stored -> Visibility.named(stored) == Visibility.PUBLIC)
                .orElseGet(() -> !jobs.isEmpty() && runsArePublic(repository, jobs));
    }

    private boolean runsArePublic(@Nullable String repository, Collection<String> jobs) {
        List<String> names = jobs.stream()
                .map(job -> repository == null
                        ? job
                        : new Lane(Repository.parse(repository).orElse(null), job).toString())
                .toList();
        return handle.createQuery("SELECT count(*) FROM run WHERE visibility <> 'public' AND "
                                + (repository == null ? "job" : "lane") + " IN (<names>)")
                        .bindList("names", names)
                        .mapTo(Integer.class)
                        .one()
                == 0;
    }

    /** What restricts an incident. */
    public VisibilityScope scope(String incident) {
        return scopes(List.of(incident)).getOrDefault(incident, VisibilityScope.UNKNOWN);
    }

    /** What restricts incidents, by id. */
    public Map<String, VisibilityScope> scopes(Collection<String> incidents) {
        Map<String, VisibilityScope> scopes = new HashMap<>();
        for (String id : incidents) {
            handle.createQuery("SELECT visibility FROM incident WHERE id = :id")
                    .bind("id", id)
                    .map((row, context) -> scope(Visibility.named(row.getString("visibility")), id))
                    .findOne()
                    .ifPresent(scope -> scopes.put(id, scope));
        }
        return scopes;
    }

    /** Its readers may see an incident only if they can read each of its repositories. */
    private VisibilityScope scope(Visibility visibility, String incident) {
        if (visibility == Visibility.PUBLIC) {
            return VisibilityScope.PUBLIC;
        }
        List<String> lanes = handle.createQuery(
                        "SELECT DISTINCT run.lane FROM run_outcome AS o JOIN run ON run.lane = o.lane"
                                + " AND run.build_id = o.build_id WHERE o.incident = :incident AND run.visibility <> 'public'")
                .bind("incident", incident)
                .mapTo(String.class)
                .list();
        Stream<String> names = lanes.isEmpty()
                ? new IncidentTable(handle).find(incident).flatMap(IncidentView::repository).stream()
                : lanes.stream().map(lane -> lane.substring(0, Math.max(0, lane.indexOf(' '))));
        Set<Optional<Repository>> repositories = names.map(Repository::parse).collect(Collectors.toSet());
        return repositories.contains(Optional.<Repository>empty())
                ? new VisibilityScope(visibility, Set.of())
                : new VisibilityScope(
                        visibility,
                        repositories.stream().flatMap(Optional::stream).collect(Collectors.toSet()));
    }

    private void save(String repository, String job, Visibility shown) {
        read.clear();
        handle.createUpdate(
                        "INSERT INTO visibility (repository, job, visibility) VALUES (:repository, :job, :visibility)"
                                + " ON CONFLICT (repository, job) DO UPDATE SET visibility = :visibility")
                .bind("repository", repository)
                .bind("job", job)
                .bind("visibility", shown.value())
                .execute();
    }

    private static String name(@Nullable Repository repository) {
        return repository == null ? "-" : repository.fullName();
    }

    /** An incident and its messages follow its runs. {@code incidents}: of runs that joined one, by run id. */
    public void follow(Map<String, String> incidents) {
        if (incidents.isEmpty()) {
            return;
        }
        PreparedBatch batch =
                handle.prepareBatch("UPDATE incident SET visibility = " + OF_RUNS + " WHERE id = :incident"
                        + " AND visibility <> 'private' AND visibility <> (SELECT run.visibility FROM run"
                        + " WHERE run.lane = :lane AND run.build_id = :build)");
        incidents.forEach((run, incident) ->
                batch.bindMap(ObservedRun.keyOf(run)).bind("incident", incident).add());
        batch.execute();
        followIncidents(incidents.values());
    }

    private void followIncidents(Collection<String> incidents) {
        PreparedBatch batch =
                handle.prepareBatch("UPDATE message SET visibility = (SELECT incident.visibility FROM incident"
                        + " WHERE incident.id = message.thread) WHERE thread = :incident AND visibility <>"
                        + " (SELECT incident.visibility FROM incident WHERE incident.id = message.thread)");
        incidents.stream().distinct().forEach(incident -> batch.bind("incident", incident)
                .add());
        batch.execute();
    }

    /** Of an incident and its messages, unless it is private. */
    public void set(String incident, Visibility visibility) {
        handle.createUpdate(
                        "UPDATE incident SET visibility = :visibility WHERE id = :incident AND visibility <> 'private'")
                .bind("incident", incident)
                .bind("visibility", visibility.value())
                .execute();
        followIncidents(List.of(incident));
    }

    /** The newest run of the lane that comes after another, in the order of their names. */
    public Optional<JobRun> nextLane(String after) {
        return handle.createQuery(
                        "SELECT document FROM run WHERE lane = (SELECT min(lane) FROM run WHERE lane > :after)"
                                + " ORDER BY ended_at DESC LIMIT 1")
                .bind("after", after)
                .map((row, context) -> JsonColumns.read(row.getString("document"), JobRun.class))
                .findOne();
    }

    /** The condition on rows that get this visibility; what is private stays so. */
    static String unlike(Visibility visibility) {
        return visibility == Visibility.PRIVATE ? "visibility <> 'private'" : "visibility = 'unknown'";
    }

    /** Of up to {@code limit} stored runs of a lane that have another; what is private stays so. Returns their number. */
    public int setLane(String lane, Visibility visibility, int limit) {
        new TestTable(handle).setVisibility(lane, visibility);
        return handle.createUpdate("UPDATE run SET visibility = :visibility WHERE (lane, build_id) IN"
                        + " (SELECT lane, build_id FROM run WHERE lane = :lane AND " + unlike(visibility)
                        + " LIMIT :limit)")
                .bind("lane", lane)
                .bind("visibility", visibility.value())
                .bind("limit", limit)
                .execute();
    }

    /**
     * An incident, what its stored runs show, and their number.
     *
     * @param runs fewer than the incident has if an older version stored some of them
     */
    public record OfIncident(IncidentView incident, Visibility ofRuns, int runs) {}

    /** Those that are not private, in the order of their ids. */
    public List<OfIncident> incidents(String after, int limit) {
        return handle.createQuery("SELECT document, " + OF_RUNS + " AS of_runs, (SELECT count(*) FROM run_outcome AS o"
                        + " WHERE o.incident = incident.id) AS runs FROM incident WHERE id > :after"
                        + " AND visibility <> 'private' ORDER BY id LIMIT :limit")
                .bind("after", after)
                .bind("limit", limit)
                .map((row, context) -> new OfIncident(
                        JsonColumns.read(row.getString("document"), IncidentView.class),
                        Visibility.named(row.getString("of_runs")),
                        row.getInt("runs")))
                .list();
    }
}
