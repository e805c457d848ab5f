package org.noports.atserver;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.noports.api.atserver.ValueCodec;

/** The codecs that are present now, by the ids that they are registered with. Thread-safe. */
final class ValueCodecs {
  private final Map<String, ValueCodec> present = new ConcurrentHashMap<>();

  void came(ValueCodec codec, Map<String, Object> properties) {
    id(properties).ifPresent(id -> present.put(id, codec));
  }

  void left(ValueCodec codec, Map<String, Object> properties) {
    id(properties).ifPresent(id -> present.remove(id, codec));
  }

  /** One that does not say what it reads is never asked. */
  private static Optional<String> id(Map<String, Object> properties) {
    return Optional.ofNullable(properties.get(ValueCodec.ID)).map(Object::toString);
  }

  Optional<ValueCodec> find(String id) {
    return Optional.ofNullable(present.get(id));
  }
}
