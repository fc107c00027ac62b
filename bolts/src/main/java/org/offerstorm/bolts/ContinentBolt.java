package org.offerstorm.bolts;

import java.util.Map;
import java.util.Objects;
import org.apache.storm.task.OutputCollector;
import org.apache.storm.task.TopologyContext;
import org.apache.storm.topology.OutputFieldsDeclarer;
import org.apache.storm.topology.base.BaseRichBolt;
import org.apache.storm.tuple.Fields;
import org.apache.storm.tuple.Tuple;
import org.apache.storm.tuple.Values;
import org.offerstorm.core.TopologyNames;
import org.offerstorm.core.geo.ContinentClassifier;
import org.offerstorm.core.model.Change;
import org.offerstorm.core.model.Chunk;
import org.offerstorm.core.place.Placement;
import org.offerstorm.core.reference.Professions;

/** Gives every offer the cell it is counted in, see {@link Placement}. */
public final class ContinentBolt extends BaseRichBolt {
    private final Professions professions;
    private final ClassifierFactory classifierFactory;

    private transient Placement placement;
    private transient OutputCollector collector;

    /** Travels in the serialized topology; the worker loads the boundaries, once for all its tasks. */
    @FunctionalInterface
    public interface ClassifierFactory extends java.io.Serializable {
        ContinentClassifier create();
    }

    public ContinentBolt(Professions professions, ClassifierFactory classifierFactory) {
        this.professions = Objects.requireNonNull(professions, "professions");
        this.classifierFactory = Objects.requireNonNull(classifierFactory, "classifierFactory");
    }

    @Override
    public void prepare(Map<String, Object> conf, TopologyContext context, OutputCollector out) {
        collector = out;
        placement = new Placement(professions, classifierFactory.create());
    }

    @Override
    @SuppressWarnings("unchecked") // wired behind ParseBolt, which emits changes
    public void execute(Tuple tuple) {
        Chunk<Change> chunk = (Chunk<Change>) tuple.getValue(0);
        collector.emit(tuple, new Values(placement.place(chunk)));
        collector.ack(tuple);
    }

    @Override
    public void declareOutputFields(OutputFieldsDeclarer declarer) {
        declarer.declare(new Fields(TopologyNames.CHUNK));
    }
}
