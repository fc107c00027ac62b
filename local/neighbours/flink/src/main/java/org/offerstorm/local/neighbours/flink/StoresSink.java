package org.offerstorm.local.neighbours.flink;

import java.util.concurrent.ScheduledFuture;
import org.apache.flink.api.common.operators.ProcessingTimeService;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.offerstorm.core.model.Change;
import org.offerstorm.local.neighbours.ChunkCutter;

/** The stores' sinks: takes changes one by one, writes chunks behind the operator's back, and waits for them at a checkpoint. */
final class StoresSink implements Sink<Change> {
    private static final long serialVersionUID = 1L;
    private static final long MOST_MILLIS_OPEN = 100;

    @Override
    public SinkWriter<Change> createWriter(WriterInitContext context) {
        int slot = context.getTaskInfo().getIndexOfThisSubtask();
        return new StoresWriter(FlinkJob.work().cutter(slot), context.getProcessingTimeService());
    }

    private static final class StoresWriter implements SinkWriter<Change> {
        private final ChunkCutter cutter;
        private final ProcessingTimeService time;
        private ScheduledFuture<?> timer;

        StoresWriter(ChunkCutter cutter, ProcessingTimeService time) {
            this.cutter = cutter;
            this.time = time;
            handRegularly();
        }

        private void handRegularly() {
            timer = time.registerTimer(time.getCurrentProcessingTime() + MOST_MILLIS_OPEN, now -> {
                cutter.handAll();
                handRegularly();
            });
        }

        @Override
        public void write(Change change, Context context) throws InterruptedException {
            cutter.add(change);
        }

        @Override
        public void flush(boolean endOfInput) throws InterruptedException {
            cutter.flush();
        }

        @Override
        public void close() {
            timer.cancel(false);
        }
    }
}
