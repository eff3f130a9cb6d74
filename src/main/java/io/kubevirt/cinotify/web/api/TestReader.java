// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.web.api;

import io.kubevirt.cinotify.digest.DigestPeriod;
import io.kubevirt.cinotify.engine.TestRanking;
import io.kubevirt.cinotify.store.TestFilter;
import io.kubevirt.cinotify.store.TestFilter.Order;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;

/** Reads tests that failed. */
public final class TestReader {
    /** What a filter may have in an address. */
    public static final List<String> PARAMETERS = List.of("order", "sig", "lane", "q", "test");

    /** The words of {@code order}. */
    public static final List<String> ORDERS =
            Arrays.stream(Order.values()).map(Order::value).toList();

    private final ReadContext context;

    public TestReader(ReadContext context) {
        this.context = context;
    }

    public static TestFilter filter(RequestParameters parameters) {
        String order = parameters.choice("order", ORDERS, Order.FAILED.value());
        return new TestFilter(
                Order.values()[ORDERS.indexOf(order)],
                parameters.text("sig"),
                parameters.text("lane"),
                parameters.text("q"),
                parameters.text("test") == null ? null : (long) parameters.number("test", 1, Integer.MAX_VALUE));
    }

    /** Of the last UTC days, until now. */
    public List<TestItem> list(TestFilter filter, int days, int limit) {
        Instant now = context.now();
        DigestPeriod period =
                new DigestPeriod(now.truncatedTo(ChronoUnit.DAYS).minus(Duration.ofDays(days - 1L)), now.plusMillis(1));
        return new TestRanking(context.transaction(), context.audience())
                .find(filter, period, context.transaction().dayCounts().finished(period.from(), now), limit).stream()
                        .map(TestItem::of)
                        .toList();
    }
}
