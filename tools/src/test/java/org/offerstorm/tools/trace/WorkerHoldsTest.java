package org.offerstorm.tools.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.offerstorm.core.TopologyNames;
import org.offerstorm.tools.figures.FiguresServer;
import org.offerstorm.tools.figures.TaskFigures;
import org.offerstorm.tools.figures.WorkerFigures;

class WorkerHoldsTest {
    @Test
    void the_step_itself_is_named_else_the_one_that_it_waits_for_and_text_is_plain() throws Exception {
        TaskFigures solr = task("solr-indexer", "no answer\u001b[31m from solr");
        TaskFigures parse = task("parse", null);
        WorkerFigures worker = new WorkerFigures("t-1", 6700, 1, 0, 0, 0, 0, null, List.of(parse, solr));
        try (FiguresServer server = FiguresServer.ofWorker(
                "localhost", new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), () -> worker)) {
            WorkerHolds holds = new WorkerHolds(
                    List.of("127.0.0.1:1", "127.0.0.1:" + server.address().getPort()));

            assertThat(holds.cause("solr-indexer")).isEqualTo("solr-indexer holds: no answer?[31m from solr");
            assertThat(holds.cause("redis-counter")).startsWith("solr-indexer holds: ");
        }
    }

    @Test
    void without_workers_nothing_is_known() {
        assertThat(new WorkerHolds(List.of()).cause("solr-indexer")).isNull();
    }

    @Test
    void workers_that_do_not_answer_are_named() {
        assertThat(new WorkerHolds(List.of("127.0.0.1:1", "no address")).cause("solr-indexer"))
                .isEqualTo("no worker answers (127.0.0.1:1: no connection); 'status' says whether the topology runs");
    }

    private static TaskFigures task(String component, String problem) {
        Map<String, String> texts = problem == null ? Map.of() : Map.of(TopologyNames.METRIC_PROBLEM, problem);
        return new TaskFigures(component, 1, Map.of(), texts, Map.of());
    }
}
