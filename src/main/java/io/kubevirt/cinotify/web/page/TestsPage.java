// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.web.page;

import io.kubevirt.cinotify.store.TestFilter;
import io.kubevirt.cinotify.web.api.RequestParameters;
import io.kubevirt.cinotify.web.api.TestItem;
import io.kubevirt.cinotify.web.api.TestReader;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The tests that failed most, by failures, flakes or the rest. */
public record TestsPage(List<Row> rows, TestFilter filter, int days) {
    private static final int DAYS = 14;
    private static final int MOST_DAYS = 90;
    private static final int ROWS = 50;
    private static final List<Integer> CHOICES = List.of(7, DAYS, 30, MOST_DAYS);

    public TestsPage {
        rows = List.copyOf(rows);
    }

    public record Row(TestItem item, Moment first, Moment last) {
        /** {@code 12 of 340 (3.5 %)}; without the share if the runs are not counted. */
        public String share() {
            return item.failureShare() == null
                    ? String.valueOf(item.failed())
                    : String.format(
                            Locale.ENGLISH, "%d of %d (%.1f %%)", item.failed(), item.runs(), item.failureShare());
        }

        public String flakes() {
            return item.flaky() + " (" + Math.round(item.flakeShare()) + " %)";
        }
    }

    public static TestsPage of(PageContext context, RequestParameters parameters) {
        int days = parameters.number("days", DAYS, MOST_DAYS);
        TestFilter filter = TestReader.filter(parameters);
        return new TestsPage(
                new TestReader(context.read())
                        .list(filter, days, ROWS).stream()
                                .map(item -> new Row(
                                        item,
                                        new Moment(item.firstSeen(), context.now(), context.zone()),
                                        new Moment(item.lastSeen(), context.now(), context.zone())))
                                .toList(),
                filter,
                days);
    }

    /** The numbers of days to choose from. */
    public List<Integer> choices() {
        return CHOICES;
    }

    /** What to order by. */
    public List<String> orders() {
        return TestReader.ORDERS;
    }

    public String order() {
        return filter.order().value();
    }

    public String search() {
        return Objects.requireNonNullElse(filter.text(), "");
    }

    /** The filters that are neither days nor order. */
    public String kept() {
        return Stream.of(
                        parameter("sig", filter.sig()),
                        parameter("lane", filter.lane()),
                        parameter("q", filter.text()),
                        parameter("test", filter.id()))
                .collect(Collectors.joining());
    }

    private static String parameter(String name, @Nullable Object value) {
        return value == null ? "" : "&" + name + "=" + URLEncoder.encode(value.toString(), StandardCharsets.UTF_8);
    }
}
