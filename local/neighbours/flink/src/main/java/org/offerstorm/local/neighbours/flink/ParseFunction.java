package org.offerstorm.local.neighbours.flink;

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.offerstorm.core.TopologyNames;
import org.offerstorm.core.model.Change;
import org.offerstorm.core.model.SourceRecord;
import org.offerstorm.core.parse.ParseResult;
import org.offerstorm.core.parse.ParseResult.Accepted;
import org.offerstorm.core.parse.ParseResult.Rejected;
import org.offerstorm.core.parse.RecordParser;
import org.offerstorm.core.sink.DeadLetter;

/** Parses; refused records leave by the side. */
final class ParseFunction extends ProcessFunction<SourceRecord, Change> {
    static final OutputTag<DeadLetter> LETTERS = new OutputTag<>("letters", TypeInformation.of(DeadLetter.class));

    private static final long serialVersionUID = 1L;

    private transient RecordParser parser;

    @Override
    public void open(OpenContext context) {
        parser = FlinkJob.work().parser();
    }

    @Override
    public void processElement(SourceRecord record, Context context, Collector<Change> out) {
        ParseResult result = parser.parse(record);
        if (result instanceof Accepted accepted) {
            out.collect(accepted.change());
        } else if (result instanceof Rejected rejected) {
            context.output(
                    LETTERS,
                    DeadLetter.of(
                            FlinkJob.work().source(),
                            record,
                            TopologyNames.PARSE,
                            rejected.reason().code(),
                            rejected.detail()));
        }
    }
}
