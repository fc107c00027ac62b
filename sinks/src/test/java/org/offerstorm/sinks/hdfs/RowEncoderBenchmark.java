package org.offerstorm.sinks.hdfs;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.offerstorm.core.model.Change;
import org.offerstorm.core.model.Offer;
import org.offerstorm.core.model.Upsert;
import org.offerstorm.sinks.BenchmarkOffers;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** Nanoseconds and bytes per offer: rows of Avro, field by field, and as Avro's own writer makes them of a record. */
@State(Scope.Benchmark)
public class RowEncoderBenchmark {
    private final List<Change> offers =
            BenchmarkOffers.chunk(0).items().stream().map(Change.class::cast).toList();
    private final RowEncoder encoder = new RowEncoder();
    private final GenericDatumWriter<GenericRecord> writer = new GenericDatumWriter<>(OfferSchema.SCHEMA);
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 10);
    private final BinaryEncoder generic = EncoderFactory.get().directBinaryEncoder(bytes, null);

    @Benchmark
    @OperationsPerInvocation(BenchmarkOffers.CHUNK)
    public void fieldByField(Blackhole blackhole) {
        for (Change offer : offers) {
            blackhole.consume(encoder.encode(1, offer));
        }
    }

    @Benchmark
    @OperationsPerInvocation(BenchmarkOffers.CHUNK)
    public void genericRecord(Blackhole blackhole) throws IOException {
        for (Change offer : offers) {
            bytes.reset();
            writer.write(record((Upsert) offer), generic);
            generic.flush();
            blackhole.consume(bytes.size());
        }
    }

    private static GenericRecord record(Upsert upsert) {
        Offer offer = upsert.offer();
        List<Object> values = new ArrayList<>();
        values.add(1);
        values.add(upsert.position().partition());
        values.add(upsert.position().offset());
        values.add(upsert.position().timestampMillis());
        values.add(new GenericData.EnumSymbol(OfferSchema.SCHEMA.getField("op").schema(), "U"));
        values.add(upsert.id());
        values.add(upsert.cell().continent().name());
        values.add(upsert.cell().category());
        values.add(offer.professionId());
        values.add(offer.contractType());
        values.add(offer.name());
        values.add(offer.latitude());
        values.add(offer.longitude());
        values.add(offer.company());
        values.add(offer.description());
        values.add(offer.publishedAtMillis());
        GenericData.Record record = new GenericData.Record(OfferSchema.SCHEMA);
        for (int i = 0; i < values.size(); i++) {
            record.put(i, values.get(i));
        }
        return record;
    }
}
