// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.web.page;

import io.kubevirt.cinotify.web.api.CountReader;
import io.kubevirt.cinotify.web.api.LaneDayItem;
import io.kubevirt.cinotify.web.api.RequestParameters;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The share of failed runs by family, or by lane of one family, and day.
 *
 * @param family the family whose lanes are shown; null for all families
 * @param flaky whether only flaky runs count, which failed and passed on the same commit
 * @param all the number of rows on all pages
 * @param number of this page, from 1
 * @param more whether there is a further page
 */
public record LanesPage(
        Heat heat, @Nullable String family, String search, int days, boolean flaky, int all, int number, boolean more) {
    private static final int DAYS = 14;
    private static final int MOST_DAYS = 31;
    private static final int ROWS = 50;
    private static final List<Integer> CHOICES = List.of(7, DAYS, MOST_DAYS);
    private static final int MOST_PAGES = 1_000;

    public static LanesPage of(PageContext context, RequestParameters parameters) {
        int days = parameters.number("days", DAYS, MOST_DAYS);
        int number = parameters.number("page", 1, MOST_PAGES);
        String family = parameters.text("family");
        List<LaneDayItem> items = new CountReader(context.read()).lanes(days, family, parameters.text("q"));
        Function<LaneDayItem, String> name = family == null ? LaneDayItem::family : LaneDayItem::lane;
        boolean flaky = parameters
                .choice("measure", List.of("failed", "flaky"), "failed")
                .equals("flaky");
        Heat heat =
                Heat.of(flaky ? items.stream().map(LanesPage::onlyFlaky).toList() : items, name, context.today(), days);
        List<Heat.Row> rows =
                heat.rows().stream().skip((number - 1L) * ROWS).limit(ROWS).collect(Collectors.toList());
        return new LanesPage(
                new Heat(heat.days(), rows),
                family,
                Objects.requireNonNullElse(parameters.text("q"), ""),
                days,
                flaky,
                heat.rows().size(),
                number,
                heat.rows().size() > number * ROWS);
    }

    private static LaneDayItem onlyFlaky(LaneDayItem item) {
        return new LaneDayItem(item.family(), item.lane(), item.day(), item.finished(), item.flaky(), 0);
    }

    /** The numbers of days to choose from. */
    public List<Integer> choices() {
        return CHOICES;
    }

    /** The other parameters of the page before or after. */
    public String kept() {
        return filters() + "&days=" + days + (flaky ? "&measure=flaky" : "");
    }

    /** What is searched for. */
    public String filters() {
        return "&q=" + URLEncoder.encode(search, StandardCharsets.UTF_8)
                + (family == null ? "" : "&family=" + URLEncoder.encode(family, StandardCharsets.UTF_8));
    }

    public int previous() {
        return number - 1;
    }

    public int next() {
        return number + 1;
    }
}
