// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.store;

import java.nio.charset.StandardCharsets;
import java.sql.Types;
import org.jdbi.v3.core.argument.AbstractArgumentFactory;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.config.ConfigRegistry;

/**
 * Texts as PostgreSQL can keep them: it refuses NUL and lone surrogates, which a stranger may put into the name of a job.
 * As what is looked for is changed like what is kept, it is still found.
 */
final class PostgresText extends AbstractArgumentFactory<String> {

    private static final char REPLACEMENT = '\ufffd';

    PostgresText() {
        super(Types.VARCHAR);
    }

    @Override
    protected Argument build(String value, ConfigRegistry config) {
        String text = of(value);
        return (position, statement, context) -> statement.setString(position, text);
    }

    static String of(String value) {
        boolean storable = value.chars().noneMatch(letter -> letter == 0 || Character.isSurrogate((char) letter));
        return storable
                ? value
                : new String(value.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8).replace('\0', REPLACEMENT);
    }
}
