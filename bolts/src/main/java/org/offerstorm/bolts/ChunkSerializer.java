package org.offerstorm.bolts;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.offerstorm.core.model.Acked;
import org.offerstorm.core.model.Cell;
import org.offerstorm.core.model.Change;
import org.offerstorm.core.model.Chunk;
import org.offerstorm.core.model.ChunkHeader;
import org.offerstorm.core.model.Delete;
import org.offerstorm.core.model.Floor;
import org.offerstorm.core.model.Offer;
import org.offerstorm.core.model.OffsetRange;
import org.offerstorm.core.model.Source;
import org.offerstorm.core.model.SourcePosition;
import org.offerstorm.core.model.SourceRecord;
import org.offerstorm.core.model.Upsert;

/**
 * A chunk between two workers: the only thing that is ever serialized there.
 *
 * <pre>
 *   version, header, number of items, then for each item:
 *     kind, partition, offset − previous offset, timestamp − previous timestamp, and
 *       RECORD  key, value
 *       UPSERT  offer with details (see DetailsFormat), cell (index into the cells seen so far; a new one follows in
 *               full), raw value
 *       DELETE  id
 * </pre>
 *
 * Lengths are variable-length integers, 0 meaning null. Both ends run the same jar: the version only guards against a
 * half-upgraded cluster.
 */
public final class ChunkSerializer extends Serializer<Chunk<?>> {
    private static final int VERSION = 2;
    private static final int RECORD = 0;
    private static final int UPSERT = 1;
    private static final int DELETE = 2;
    private static final int NO_CELL = 0;

    public ChunkSerializer() {
        super(false, true);
    }

    @Override
    public void write(Kryo kryo, Output out, Chunk<?> chunk) {
        out.writeByte(VERSION);
        writeHeader(out, chunk.header());
        out.writeVarInt(chunk.size(), true);
        Map<Cell, Integer> cells = new HashMap<>();
        DetailsFormat details = new DetailsFormat();
        long offset = 0;
        long timestamp = 0;
        for (Object item : chunk.items()) {
            SourcePosition at;
            if (item instanceof SourceRecord record) {
                out.writeByte(RECORD);
                at = record.position();
            } else if (item instanceof Change change) {
                out.writeByte(change instanceof Upsert ? UPSERT : DELETE);
                at = change.position();
            } else {
                throw new KryoException("a chunk cannot hold " + item.getClass());
            }
            out.writeVarInt(at.partition(), true);
            out.writeVarLong(at.offset() - offset, false);
            out.writeVarLong(at.timestampMillis() - timestamp, false);
            offset = at.offset();
            timestamp = at.timestampMillis();
            if (item instanceof SourceRecord record) {
                writeBytes(out, record.key());
                writeBytes(out, record.value());
            } else if (item instanceof Upsert upsert) {
                writeOffer(out, upsert.offer(), details);
                writeCell(out, upsert.cell(), cells);
                writeBytes(out, upsert.raw());
            } else if (item instanceof Delete delete) {
                out.writeString(delete.id());
            }
        }
    }

    @Override
    public Chunk<?> read(Kryo kryo, Input in, Class<? extends Chunk<?>> type) {
        int version = in.readByte();
        if (version != VERSION) {
            throw new KryoException("chunk of format " + version + ", this worker reads " + VERSION
                    + ": the workers run different versions; submit the topology again");
        }
        ChunkHeader header = readHeader(in);
        int size = in.readVarInt(true);
        List<Object> items = new ArrayList<>(size);
        List<Cell> cells = new ArrayList<>();
        DetailsFormat details = new DetailsFormat();
        long offset = 0;
        long timestamp = 0;
        for (int i = 0; i < size; i++) {
            int kind = in.readByte();
            int partition = in.readVarInt(true);
            offset += in.readVarLong(false);
            timestamp += in.readVarLong(false);
            SourcePosition at = new SourcePosition(partition, offset, timestamp);
            items.add(
                    switch (kind) {
                        case RECORD -> new SourceRecord(at, readBytes(in), readBytes(in));
                        case UPSERT -> new Upsert(at, readOffer(in, details), readCell(in, cells), readBytes(in));
                        case DELETE -> new Delete(at, in.readString());
                        default -> throw new KryoException("unknown item kind " + kind);
                    });
        }
        return new Chunk<>(header, items);
    }

    private static void writeHeader(Output out, ChunkHeader header) {
        Source source = header.source();
        out.writeString(source.topic());
        out.writeString(source.topicId());
        out.writeVarInt(source.epoch(), true);
        out.writeVarInt(source.partitions(), true);
        out.writeVarInt(header.slot(), true);
        out.writeVarInt(header.slots(), true);
        out.writeBoolean(header.acked().thisEpoch());
        out.writeBoolean(header.acked().earlierEpochs());
        out.writeBoolean(header.drain());
        out.writeVarInt(header.ranges().size(), true);
        for (OffsetRange range : header.ranges()) {
            out.writeVarInt(range.partition(), true);
            out.writeVarLong(range.from(), true);
            out.writeVarLong(range.next() - range.from(), true);
            out.writeBoolean(range.logStart());
        }
        out.writeVarInt(header.floors().size(), true);
        for (Floor floor : header.floors()) {
            out.writeVarInt(floor.partition(), true);
            out.writeVarLong(floor.offset(), true);
        }
    }

    private static ChunkHeader readHeader(Input in) {
        Source source = new Source(in.readString(), in.readString(), in.readVarInt(true), in.readVarInt(true));
        int slot = in.readVarInt(true);
        int slots = in.readVarInt(true);
        Acked acked = new Acked(in.readBoolean(), in.readBoolean());
        boolean drain = in.readBoolean();
        int rangeCount = in.readVarInt(true);
        List<OffsetRange> ranges = new ArrayList<>(rangeCount);
        for (int i = 0; i < rangeCount; i++) {
            int partition = in.readVarInt(true);
            long from = in.readVarLong(true);
            ranges.add(new OffsetRange(partition, from, from + in.readVarLong(true), in.readBoolean()));
        }
        int floorCount = in.readVarInt(true);
        List<Floor> floors = new ArrayList<>(floorCount);
        for (int i = 0; i < floorCount; i++) {
            floors.add(new Floor(in.readVarInt(true), in.readVarLong(true)));
        }
        return new ChunkHeader(source, slot, slots, ranges, floors, acked, drain);
    }

    private static void writeOffer(Output out, Offer offer, DetailsFormat details) {
        out.writeString(offer.id());
        out.writeVarLong(offer.professionId(), false);
        out.writeString(offer.contractType());
        out.writeString(offer.name());
        out.writeDouble(offer.latitude());
        out.writeDouble(offer.longitude());
        out.writeString(offer.company());
        out.writeString(offer.description());
        out.writeVarLong(offer.publishedAtMillis(), false);
        details.write(out, offer.details());
    }

    private static Offer readOffer(Input in, DetailsFormat details) {
        return new Offer(
                in.readString(),
                in.readVarLong(false),
                in.readString(),
                in.readString(),
                in.readDouble(),
                in.readDouble(),
                in.readString(),
                in.readString(),
                in.readVarLong(false),
                details.read(in));
    }

    private static void writeCell(Output out, Cell cell, Map<Cell, Integer> seen) {
        if (cell == null) {
            out.writeVarInt(NO_CELL, true);
            return;
        }
        Integer index = seen.get(cell);
        if (index != null) {
            out.writeVarInt(index, true);
            return;
        }
        int next = seen.size() + 1;
        seen.put(cell, next);
        out.writeVarInt(next, true);
        out.writeString(cell.key());
    }

    private static Cell readCell(Input in, List<Cell> seen) {
        int index = in.readVarInt(true);
        if (index == NO_CELL) {
            return null;
        }
        if (index > seen.size()) {
            seen.add(Cell.ofKey(in.readString()));
        }
        return seen.get(index - 1);
    }

    private static void writeBytes(Output out, byte[] bytes) {
        if (bytes == null) {
            out.writeVarInt(0, true);
        } else {
            out.writeVarInt(bytes.length + 1, true);
            out.writeBytes(bytes);
        }
    }

    private static byte[] readBytes(Input in) {
        int length = in.readVarInt(true);
        return length == 0 ? null : in.readBytes(length - 1);
    }
}
