package org.offerstorm.sinks.solr;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.offerstorm.core.model.Cell;
import org.offerstorm.core.model.Change;
import org.offerstorm.core.model.Chunk;
import org.offerstorm.core.model.Continent;
import org.offerstorm.core.model.Source;
import org.offerstorm.sinks.contract.ChunkBuilder;

/** Halving until the refused one is alone: each change is offered in order, and none is left out. */
class WriteProgressTest {
    private static final Source SOURCE = new Source("offers", "Zk2TqRr3S2mYxJ0nV8c1aA", 1, 1);

    @Test
    void whichever_is_refused_all_others_are_accepted_in_order() {
        for (int size = 1; size <= 9; size++) {
            for (int refused = 0; refused < size; refused++) {
                Chunk<Change> chunk = chunk(size);
                WriteProgress progress = new WriteProgress(chunk);
                List<Change> accepted = new ArrayList<>();
                while (progress.next() != null) {
                    List<Change> next = List.copyOf(progress.next());
                    if (!next.contains(chunk.items().get(refused))) {
                        accepted.addAll(next);
                        progress.accepted(next.size());
                    } else if (next.size() > 1) {
                        progress.split();
                    } else {
                        progress.rejected("refused");
                    }
                }

                List<Change> others = new ArrayList<>(chunk.items());
                Change alone = others.remove(refused);
                assertThat(accepted).isEqualTo(others);
                assertThat(progress.done().written()).isEqualTo(size - 1);
                assertThat(progress.done().rejected())
                        .singleElement()
                        .satisfies(rejection -> assertThat(rejection.change()).isSameAs(alone));
            }
        }
    }

    private static Chunk<Change> chunk(int size) {
        ChunkBuilder log = new ChunkBuilder(SOURCE);
        for (int i = 0; i < size; i++) {
            log.upsert("id-" + i, Cell.of("Tech", Continent.EU));
        }
        return log.cut();
    }
}
