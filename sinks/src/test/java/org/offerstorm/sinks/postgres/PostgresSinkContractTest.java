package org.offerstorm.sinks.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.offerstorm.core.sink.Sink;
import org.offerstorm.core.sink.SinkContext;
import org.offerstorm.sinks.contract.SinkContract;

final class PostgresSinkContractTest extends SinkContract {
    @RegisterExtension
    static final PostgresUnderTest POSTGRES = new PostgresUnderTest();

    @Override
    protected Sink open(SinkContext context) {
        return new PostgresSinkFactory(POSTGRES.config()).create(context);
    }

    /** The counts, which are the same as counting, and what is current among the versions is what {@code offers} has. */
    @Override
    protected Map<String, Long> counts() throws IOException, SQLException {
        try (PostgresCounts table = new PostgresCounts(POSTGRES.config())) {
            assertThat(table.read()).isEqualTo(table.count());
        }
        assertThat(POSTGRES.rows("select id, epoch, \"offset\", updated_at, continent, category, name, company,"
                        + " description, latitude, profession_id from offers order by id"))
                .isEqualTo(POSTGRES.rows("select id, epoch, \"offset\", nullif(valid_from, '-infinity'), continent,"
                        + " category, name, company, description, latitude, profession_id from offer_versions"
                        + " where is_current and operation = 'upsert' order by id"));
        return new HashMap<>(POSTGRES.counts());
    }

    @Override
    protected Optional<Set<String>> liveIds() throws SQLException {
        Set<String> ids = new HashSet<>();
        POSTGRES.rows("select id from offers").forEach(row -> ids.add(row.get(0)));
        return Optional.of(ids);
    }

    @Override
    protected boolean isFilledAgainByTheSpout() {
        return true;
    }
}
