// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.store;

import io.kubevirt.cinotify.diagnosis.Diagnosis;
import io.kubevirt.cinotify.fixture.Examples;
import io.kubevirt.cinotify.incident.IncidentView;
import io.kubevirt.cinotify.prow.JobRun;
import io.kubevirt.cinotify.prow.JobState;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Proxy;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.net.URI;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import javax.sql.DataSource;

/** Calls every method of every table of a {@link Transaction} with sample values, and records the statements. */
final class QueryRecorder {

    private static final Map<Class<?>, Object> SAMPLES = Map.ofEntries(
            Map.entry(String.class, "presubmit lane id"),
            Map.entry(Instant.class, Examples.NOON),
            Map.entry(Duration.class, Duration.ofHours(1)),
            Map.entry(LocalDate.class, LocalDate.EPOCH),
            Map.entry(URI.class, URI.create("https://example.org")),
            Map.entry(double.class, 1.0),
            Map.entry(Double.class, 1.0),
            Map.entry(Boolean.class, true),
            Map.entry(JobRun.class, Examples.run(JobState.FAILURE, "1")),
            Map.entry(IncidentView.class, Examples.incident("id", Examples.NOON)),
            Map.entry(Diagnosis.class, Examples.diagnosis()),
            Map.entry(int.class, 10),
            Map.entry(Integer.class, 10),
            Map.entry(long.class, 10L),
            Map.entry(Long.class, 10L),
            Map.entry(boolean.class, true),
            Map.entry(byte[].class, new byte[0]));

    private final DataSource database;
    private final Set<String> statements = new TreeSet<>();

    QueryRecorder(DataSource database) {
        this.database = database;
    }

    /** The database, with every statement recorded. */
    DataSource dataSource() {
        return proxy(DataSource.class, (self, method, arguments) -> {
            Object result = call(method, database, arguments);
            return result instanceof Connection connection ? recording(connection) : result;
        });
    }

    private Connection recording(Connection connection) {
        return proxy(Connection.class, (self, method, arguments) -> {
            if (method.getName().equals("prepareStatement")
                    && !String.valueOf(arguments[0]).startsWith("CREATE")) {
                statements.add(numbered(String.valueOf(arguments[0])));
            }
            return call(method, connection, arguments);
        });
    }

    /** With the parameters as PostgreSQL and SQLite name them. */
    private static String numbered(String sql) {
        StringBuilder numbered = new StringBuilder();
        int parameters = 0;
        for (char each : sql.toCharArray()) {
            numbered.append(each == '?' ? "$" + ++parameters : String.valueOf(each));
        }
        return numbered.toString();
    }

    Set<String> queriesOf(Store store) throws ReflectiveOperationException {
        for (Method table : Transaction.class.getDeclaredMethods()) {
            if (Modifier.isStatic(table.getModifiers()) || table.isSynthetic()) {
                continue;
            }
            Class<?> type = store.inTransaction(transaction -> invoke(table, transaction))
                    .getClass();
            if (type.getPackage() != Store.class.getPackage()) {
                continue;
            }
            for (Method method : type.getDeclaredMethods()) {
                if (!Modifier.isStatic(method.getModifiers())
                        && !Modifier.isPrivate(method.getModifiers())
                        && !method.isSynthetic()) {
                    record(store, table, method);
                }
            }
        }
        return statements;
    }

    /** In a transaction of its own, because the method may fail for want of a row. */
    private static void record(Store store, Method table, Method method) {
        try {
            store.inTransaction(transaction -> invoke(method, invoke(table, transaction)));
        } catch (RuntimeException e) {
            // What it asked until then is recorded.
        }
    }

    private static Object invoke(Method method, Object target) {
        method.setAccessible(true);
        Object[] arguments = Arrays.stream(method.getGenericParameterTypes())
                .map(QueryRecorder::sample)
                .toArray();
        try {
            Object result = method.invoke(target, arguments);
            return result == null ? "" : result;
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }

    private static Object sample(Type type) {
        if (type instanceof ParameterizedType generic) {
            Class<?> raw = (Class<?>) generic.getRawType();
            if (raw.isAssignableFrom(List.class)) {
                return List.of(sample(generic.getActualTypeArguments()[0]));
            }
            if (Collection.class.isAssignableFrom(raw)) {
                return Set.of(sample(generic.getActualTypeArguments()[0]));
            }
            if (raw == Map.class) {
                return Map.of(sample(generic.getActualTypeArguments()[0]), sample(generic.getActualTypeArguments()[1]));
            }
            return sample(raw);
        }
        Class<?> raw = (Class<?>) type;
        if (SAMPLES.containsKey(raw)) {
            return SAMPLES.get(raw);
        }
        if (raw.isEnum()) {
            return raw.getEnumConstants()[0];
        }
        if (raw.isRecord()) {
            return record(raw);
        }
        if (raw.isSealed()) {
            return sample(raw.getPermittedSubclasses()[0]);
        }
        if (raw.isInterface()) {
            return proxy(raw, (self, method, arguments) -> null);
        }
        throw new AssertionError("no sample of " + raw + ": add one");
    }

    private static Object record(Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        Object[] values = Arrays.stream(components)
                .map(RecordComponent::getGenericType)
                .map(QueryRecorder::sample)
                .toArray();
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError("no sample of " + type + ": add one", e);
        }
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private static Object call(Method method, Object target, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
