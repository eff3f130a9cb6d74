// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.engine;

import io.kubevirt.cinotify.config.CalendarFiles;
import io.kubevirt.cinotify.config.Config;
import io.kubevirt.cinotify.http.BoundedHttpClient;
import io.kubevirt.cinotify.http.BoundedHttpClient.RequestFailedException;
import io.kubevirt.cinotify.http.HttpResult;
import io.kubevirt.cinotify.http.SecretFile;
import io.kubevirt.cinotify.http.Secrets;
import io.kubevirt.cinotify.roster.CalendarConfig;
import io.kubevirt.cinotify.roster.CalendarPeople;
import io.kubevirt.cinotify.roster.CalendarText;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Reads the calendars on the network into a folder. */
final class CalendarFetcher implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final BoundedHttpClient client;
    private final Path folder;
    private final InstantSource clock;

    CalendarFetcher(Path folder, InstantSource clock) {
        this(new BoundedHttpClient(TIMEOUT), folder, clock);
    }

    /** @param folder of the copies */
    CalendarFetcher(BoundedHttpClient client, Path folder, InstantSource clock) {
        this.client = client;
        this.folder = folder;
        this.clock = clock;
    }

    /** Reads all calendars; returns those that could not be read. */
    List<UnreadSource> fetch(Config config) {
        List<UnreadSource> problems = new ArrayList<>();
        for (CalendarConfig calendar : config.file().roster().calendars()) {
            if (calendar.isRemote()) {
                try {
                    store(calendar, text(calendar, config.folder()), CalendarFiles.people(config));
                } catch (IOException | InvalidConfigException e) {
                    problems.add(problem(calendar, String.valueOf(e.getMessage())));
                } catch (RuntimeException e) {
                    // Its message may quote a header or an address.
                    problems.add(problem(
                            calendar,
                            "its address or token is not usable ("
                                    + e.getClass().getSimpleName() + ")"));
                }
            }
        }
        return problems;
    }

    private UnreadSource problem(CalendarConfig calendar, String cause) {
        return UnreadSource.of(
                calendar.pagerDuty() == null ? UnreadSource.Kind.ICALENDAR : UnreadSource.Kind.PAGERDUTY,
                "calendar " + calendar.name(),
                Files.exists(CalendarFiles.copy(folder, calendar)),
                Secrets.censor(cause));
    }

    private String text(CalendarConfig calendar, Path settings) throws IOException {
        if (calendar.pagerDuty() != null) {
            return new PagerDutyRoster(client, settings, clock.instant()).calendar(calendar.pagerDuty());
        }
        String url = calendar.urlFile() == null
                ? String.valueOf(calendar.url())
                : new SecretFile(settings.resolve(calendar.urlFile())).read();
        HttpResult answer = send(request(url).header("Accept", "text/calendar").build());
        if (!answer.isSuccess()) {
            // Without the body: error pages quote the path, which is the secret of a private address.
            throw new IOException("the server responded with " + answer.status()
                    + (answer.status() / 100 == 3
                            ? ": redirects are not followed, write the present address"
                            : ": check the address"));
        }
        // The time of the export changes with each answer and means nothing.
        return answer.body()
                .lines()
                .filter(line -> !line.startsWith("DTSTAMP"))
                .collect(Collectors.joining("\r\n", "", "\r\n"));
    }

    private static HttpRequest.Builder request(String url) throws IOException {
        try {
            return HttpRequest.newBuilder(URI.create(url.replaceFirst("^webcal:", "https:")));
        } catch (IllegalArgumentException e) {
            throw new IOException("its address is not a URL: write it with https://");
        }
    }

    private HttpResult send(HttpRequest request) throws IOException {
        try {
            return client.send(request, CalendarText::decode);
        } catch (RequestFailedException e) {
            throw new IOException(e.getMessage());
        }
    }

    private void store(CalendarConfig calendar, String text, CalendarPeople people)
            throws IOException, InvalidConfigException {
        calendar.rotation(text, people);
        RosterFetcher.store(CalendarFiles.copy(folder, calendar), text);
    }

    @Override
    public void close() {
        client.close();
    }
}
