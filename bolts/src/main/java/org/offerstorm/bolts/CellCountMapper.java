package org.offerstorm.bolts;

import java.util.List;
import org.apache.storm.redis.common.mapper.RedisDataTypeDescription;
import org.apache.storm.redis.common.mapper.RedisDataTypeDescription.RedisDataType;
import org.apache.storm.redis.common.mapper.RedisLookupMapper;
import org.apache.storm.topology.OutputFieldsDeclarer;
import org.apache.storm.tuple.Fields;
import org.apache.storm.tuple.ITuple;
import org.apache.storm.tuple.Values;
import org.offerstorm.core.model.Cell;
import org.offerstorm.core.model.Continent;
import org.offerstorm.sinks.redis.RedisKeys;

/**
 * Lets any other topology read the live counts with storm-redis' stock bolt:
 *
 * <pre>{@code
 * new RedisLookupBolt(new JedisPoolConfig.Builder().setHost(host).setPort(port).build(), new CellCountMapper("offerstorm"))
 * }</pre>
 *
 * <p>A tuple with the fields {@code category} and {@code continent} (a code such as {@code EU}) gives a tuple with {@code
 * category}, {@code continent} and {@code count}; a cell without offers gives 0.
 */
public final class CellCountMapper implements RedisLookupMapper {
    public static final String CATEGORY = "category";
    public static final String CONTINENT = "continent";
    public static final String COUNT = "count";

    private final RedisDataTypeDescription description;

    /** @param tag the hash tag that the topology counts under ({@code redis.tag}) */
    public CellCountMapper(String tag) {
        description = new RedisDataTypeDescription(RedisDataType.HASH, new RedisKeys(tag).counts());
    }

    @Override
    public List<Values> toTuple(ITuple input, Object value) {
        long count = value == null ? 0 : Long.parseLong(value.toString());
        return List.of(new Values(input.getStringByField(CATEGORY), input.getStringByField(CONTINENT), count));
    }

    @Override
    public void declareOutputFields(OutputFieldsDeclarer declarer) {
        declarer.declare(new Fields(CATEGORY, CONTINENT, COUNT));
    }

    @Override
    public RedisDataTypeDescription getDataTypeDescription() {
        return description;
    }

    @Override
    public String getKeyFromTuple(ITuple tuple) {
        return Cell.of(tuple.getStringByField(CATEGORY), Continent.valueOf(tuple.getStringByField(CONTINENT)))
                .key();
    }

    @Override
    public String getValueFromTuple(ITuple tuple) {
        return tuple.getStringByField(COUNT);
    }
}
