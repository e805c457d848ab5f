package org.noports.device;

import java.util.List;
import org.noports.api.NoPortsException;
import org.noports.api.policy.Decision;
import org.noports.api.policy.Requirement;
import org.noports.api.tunnel.Suite;
import org.noports.protocol.np2.Np2Offer;
import org.noports.protocol.np2.Np2Signing;
import org.noports.protocol.np2.PresentSuites;

/**
 * Whether a session can be what the device, the policy or the client requires: against quantum
 * computers (docs/protocol/np2.md 11), and kept by the audit; a step of {@link AdmitSession},
 * before anything is opened.
 */
final class MeetRequirement {
  private final Neighbours neighbours;
  private final OurSignatures ours;

  MeetRequirement(Neighbours neighbours, OurSignatures ours) {
    this.neighbours = neighbours;
    this.ours = ours;
  }

  /** What is required now may be more than when the session was admitted. */
  static void stillMet(Decision.Permit permit, DeviceSettings device, AdmitStream.Standing standing)
      throws Refusal {
    Requirement all = device.require().and(permit.require());
    Requirement unmet = all.unmet(all.permits(standing.level()), standing.authenticated());
    if (!unmet.equals(Requirement.NONE)) {
      throw Refusal.unmet(
          unmet,
          "it is of level " + standing.level(),
          (standing.authenticated() ? "both ends" : "not both ends") + " signed by ML-DSA-65");
    }
  }

  Permitted check(Permitted request) throws Refusal, NoPortsException {
    kept(request.asked().device());
    Requirement required = request.required();
    if (required.equals(Requirement.NONE)) {
      return request;
    }
    Asked asked = request.asked();
    List<Suite> here =
        asked.device().np2() ? PresentSuites.of(neighbours.ciphers()).suites() : List.of();
    List<Suite> theirs = asked.offer().map(Np2Offer::suites).orElse(List.of());
    boolean secret =
        theirs.stream().filter(here::contains).anyMatch(suite -> required.permits(suite.level()));
    Np2Signing says = ours.says(request);
    boolean authenticated = request.clientSigns().isPresent() && says.key().isPresent();
    Requirement unmet = required.unmet(secret, authenticated);
    if (!unmet.equals(Requirement.NONE)) {
      throw Refusal.unmet(
          unmet,
          asked.client() + " " + asked.signing().description() + ", with suites " + theirs,
          asked.device().address() + " " + says.description() + ", with suites " + here);
    }
    return request;
  }

  /** Why in detail is for our own log: a client need not know what this disk lacks. */
  private void kept(DeviceSettings device) throws Refusal {
    if (device.requireAudit() && neighbours.auditTrouble().isPresent()) {
      throw Refusal.said(
          "audit",
          device.address()
              + " opens no session while its audit cannot keep events; its administrator finds why"
              + " in noports:health");
    }
  }
}
