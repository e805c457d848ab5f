package org.noports.benchmarks.ciphers;

import java.util.LinkedHashMap;
import java.util.Map;
import org.noports.api.cipher.KeyAgreement;
import org.noports.api.tunnel.Suite;
import org.noports.benchmarks.Report;
import org.noports.benchmarks.Rounds;
import org.noports.benchmarks.Samples;
import org.noports.cipher.modern.X25519;
import org.noports.cipher.pq.XWing;

/**
 * Whole handshakes at both ends, with all that a session pays: fresh keys of all that is offered,
 * both signatures, both verifications (at L2 and L3 by RSA-2048 and by ML-DSA-65), JSON, key
 * schedules; nothing is prepared ahead.
 */
public final class HandshakeRows {
  private static final double GOAL = 10;
  private static final double SECONDS = 1;

  private HandshakeRows() {}

  /** L3 against L1, which has a goal, and L2. */
  public static void measure(Report report) throws Exception {
    Party client = new Party();
    Party device = new Party();
    Map<Suite, KeyAgreement> classical = Map.of(Suite.X25519_AES_256_GCM, new X25519());
    Map<Suite, KeyAgreement> hybrid = new LinkedHashMap<>();
    hybrid.put(Suite.X_WING_AES_256_GCM, new XWing());
    hybrid.putAll(classical);
    Map<String, Rounds.Contestant> contestants = new LinkedHashMap<>();
    contestants.put("L1", rate(new LevelOneHandshake(client, device), 1));
    contestants.put("L2", rate(new Np2Handshake(client, device, classical), 10));
    contestants.put("L3", rate(new Np2Handshake(client, device, hybrid), 10));
    Map<String, Samples> samples = Rounds.run(2, 5, contestants);
    report.atLeast(
        GOAL, "whole handshakes, both ends, L3 : L1", samples.get("L3"), samples.get("L1"), "/s");
    report.figure(
        "whole handshakes, both ends, L3 : L2", samples.get("L3"), samples.get("L2"), "/s");
  }

  private static Rounds.Contestant rate(ProcessorTime.Work work, int batch) {
    return () -> ProcessorTime.rate(SECONDS, batch, work);
  }
}
