package org.noports.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes a small file in MaxMind's format, version 2.0: a tree of addresses, and maps of texts. */
public final class MmdbFile {
  private static final int NOWHERE = -1;
  private static final int SEPARATOR = 16;

  private final List<int[]> nodes = new ArrayList<>(List.of(new int[] {NOWHERE, NOWHERE}));
  private final ByteArrayOutputStream data = new ByteArrayOutputStream();
  private final Map<Map<String, ?>, Integer> known = new HashMap<>();

  /** The usual form: an object with a code. */
  public MmdbFile with(String network, String country) throws IOException {
    return with(network, Map.of("country", Map.of("iso_code", country)));
  }

  /** Whatever a file of another maker says of a network. */
  public MmdbFile with(String network, Map<String, ?> record) throws IOException {
    String[] parts = network.split("/");
    byte[] address = InetAddress.getByName(parts[0]).getAddress();
    byte[] bits = new byte[16];
    System.arraycopy(address, 0, bits, 16 - address.length, address.length);
    int length = Integer.parseInt(parts[1]) + 8 * (16 - address.length);
    Integer at = known.get(record);
    if (at == null) {
      at = data.size();
      known.put(record, at);
      put(data, record);
    }
    int node = 0;
    for (int i = 0; i < length; i++) {
      int bit = bits[i / 8] >> (7 - i % 8) & 1;
      if (i == length - 1) {
        nodes.get(node)[bit] = -2 - at;
      } else {
        if (nodes.get(node)[bit] < 0) {
          nodes.add(new int[] {NOWHERE, NOWHERE});
          nodes.get(node)[bit] = nodes.size() - 1;
        }
        node = nodes.get(node)[bit];
      }
    }
    return this;
  }

  /** The whole file. */
  public byte[] bytes() throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    for (int[] node : nodes) {
      for (int side : node) {
        int record =
            side == NOWHERE
                ? nodes.size()
                : side < NOWHERE ? nodes.size() + SEPARATOR + (-2 - side) : side;
        number(file, record, 3);
      }
    }
    file.write(new byte[SEPARATOR]);
    data.writeTo(file);
    file.write(new byte[] {(byte) 0xab, (byte) 0xcd, (byte) 0xef});
    file.write("MaxMind.com".getBytes(UTF_8));
    Map<String, Object> about = new LinkedHashMap<>();
    about.put("binary_format_major_version", 2);
    about.put("binary_format_minor_version", 0);
    about.put("build_epoch", BigInteger.valueOf(1_763_700_000L));
    about.put("database_type", "Test-Country");
    about.put("description", Map.of("en", "for tests"));
    about.put("ip_version", 6);
    about.put("languages", List.of("en"));
    about.put("node_count", (long) nodes.size());
    about.put("record_size", 24);
    put(file, about);
    return file.toByteArray();
  }

  private static void put(ByteArrayOutputStream out, Object value) throws IOException {
    if (value instanceof Map<?, ?> map) {
      out.write(7 << 5 | map.size());
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        put(out, entry.getKey());
        put(out, entry.getValue());
      }
    } else if (value instanceof String text) {
      // All that is written here is shorter than 29 bytes, from where on lengths have more bytes.
      out.write(2 << 5 | text.length());
      out.write(text.getBytes(UTF_8));
    } else if (value instanceof Integer small) {
      out.write(5 << 5 | 2);
      number(out, small, 2);
    } else if (value instanceof Long large) {
      out.write(6 << 5 | 4);
      number(out, large, 4);
    } else if (value instanceof BigInteger huge) {
      out.write(8);
      out.write(9 - 7);
      number(out, huge.longValue(), 8);
    } else if (value instanceof List<?> list) {
      out.write(list.size());
      out.write(11 - 7);
      for (Object each : list) {
        put(out, each);
      }
    }
  }

  private static void number(ByteArrayOutputStream out, long value, int bytes) {
    for (int i = bytes - 1; i >= 0; i--) {
      out.write((int) (value >> 8 * i));
    }
  }
}
