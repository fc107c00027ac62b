package org.offerstorm.formats.avro;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.offerstorm.core.check.Finding;
import org.offerstorm.core.mapping.ValueFormat;
import org.offerstorm.formats.testing.RegistryStub;

class RegistryHealthTest {
    private final RegistryStub registry = new RegistryStub();

    @AfterEach
    void stop() {
        registry.close();
    }

    @Test
    void a_registry_that_answers_is_as_it_must_be_also_if_it_is_empty() {
        assertThat(findings()).singleElement().satisfies(finding -> {
            assertThat(finding.level()).isEqualTo(Finding.Level.OK);
            assertThat(finding.where()).isEqualTo(registry.url());
        });
    }

    @Test
    void one_that_refuses_the_user_or_is_away_fails_with_what_to_do() {
        registry.answerInstead(401, "{}");
        assertThat(findings()).singleElement().satisfies(finding -> {
            assertThat(finding.isFailure()).isTrue();
            assertThat(finding.message()).contains("status 401", "it wants a user");
            assertThat(finding.fix()).contains("value.user");
        });

        registry.stop();
        assertThat(findings()).singleElement().satisfies(finding -> assertThat(finding.message())
                .contains("no connection"));
    }

    private List<Finding> findings() {
        List<Finding> found = new ArrayList<>();
        new RegistryHealth(new ValueFormat.Avro(registry.url(), null, null)).run(found::add);
        return found;
    }
}
