package org.noports.testkit.fakes;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.noports.api.AtSign;

/**
 * What programs of others object to in an atSign's signatures, as far as they are known to
 * (docs/protocol/noports.md 2.5 and 4.2): devices written in C read one bare RSA key and refuse
 * requests signed by anything else; relays compare answers to challenges with one bare RSA key and
 * read 4096 bytes of them.
 */
public final class UpstreamObjections {
  private static final int RELAY_LINE = 4096;

  /** Bytes of the X.509 form of an RSA-2048 key. */
  private static final int RSA_X509 = 294;

  private UpstreamObjections() {}

  /** Of a device to a request. */
  public static List<String> ofDevice(AtServerWorld world, AtSign client, String request) {
    List<String> objections = new ArrayList<>(ofRecord(world, client));
    if (request.contains("\"enrollmentSignature\"") && request.contains("mldsa65")) {
      objections.add("enrollmentSignature: mldsa65 cannot be verified");
    }
    if (!request.contains("\"signingAlgo\":\"rsa2048\"")) {
      objections.add("the envelope is not signed by rsa2048");
    }
    return objections;
  }

  /** Of a relay to an answer to its challenge. */
  public static List<String> ofRelay(AtServerWorld world, AtSign peer, String line) {
    List<String> objections = new ArrayList<>(ofRecord(world, peer));
    if (line.length() > RELAY_LINE) {
      objections.add("the line has " + line.length() + " bytes");
    }
    return objections;
  }

  private static List<String> ofRecord(AtServerWorld world, AtSign who) {
    String record = world.values().getOrDefault("public:_apsk.primary.a.__e" + who, "");
    try {
      return Base64.getDecoder().decode(record).length == RSA_X509
          ? List.of()
          : List.of("_apsk is no RSA-2048 key");
    } catch (IllegalArgumentException e) {
      return List.of("_apsk is not one bare key: " + record.substring(0, 1));
    }
  }
}
