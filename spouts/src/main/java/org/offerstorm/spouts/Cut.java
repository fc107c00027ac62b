package org.offerstorm.spouts;

import java.util.List;
import org.offerstorm.core.model.OffsetRange;
import org.offerstorm.core.model.Source;
import org.offerstorm.core.model.SourceRecord;

/**
 * Content of a chunk. Emitted as often as it is lost, always the same.
 *
 * @param generation of the slot when it was cut; acks of an older generation move no floor
 * @param drain empty, and the last of the stream
 */
record Cut(int generation, Source source, List<OffsetRange> ranges, List<SourceRecord> records, boolean drain) {}
