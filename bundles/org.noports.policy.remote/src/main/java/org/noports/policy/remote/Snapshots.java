package org.noports.policy.remote;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.noports.api.DeviceAddress;
import org.noports.api.NoPortsException;
import org.noports.api.audit.AuditEvent;
import org.noports.api.policy.AccessRequest;
import org.noports.api.policy.Decision;
import org.noports.api.policy.RuleBook;
import org.noports.protocol.policy.PolicySnapshot;

/**
 * The rules that each device has of its policy service, and decisions by them while they are young
 * enough. Files are read and written on the thread that calls.
 */
final class Snapshots {
  private final Neighbours neighbours;
  private final BelieveSnapshot believe;
  private final Clock clock;
  private final Map<DeviceAddress, Here> here = new ConcurrentHashMap<>();
  private volatile String refused = "";

  /** One that is believed. */
  private record Here(SignedSnapshot signed, RuleBook book) {
    Instant at() {
      return signed.snapshot().at();
    }

    /** Several services behind one atSign answer the same heartbeat, and not always in order. */
    boolean isSameAndNewer(SignedSnapshot other) {
      PolicySnapshot mine = signed.snapshot();
      return mine.revision().equals(other.snapshot().revision())
          && mine.policy().equals(other.snapshot().policy())
          && other.snapshot().at().isBefore(at());
    }
  }

  Snapshots(Neighbours neighbours, Clock clock) {
    this.neighbours = neighbours;
    this.believe = new BelieveSnapshot(neighbours, clock);
    this.clock = clock;
  }

  /** Reads what a device had when this machine was last up. */
  void load(RemoteSettings settings, DeviceAddress device) {
    try {
      Optional<SignedSnapshot> kept = new SnapshotFiles(settings.snapshots()).read(device);
      if (kept.isPresent()) {
        RuleBook book = believe.check(kept.get(), settings.policy(), device, Optional.empty());
        here.put(device, new Here(kept.get(), book));
      }
    } catch (NoPortsException e) {
      refuse(settings, device, BelieveSnapshot.reason(e));
    } catch (IOException e) {
      refuse(settings, device, "policy snapshot: " + e.getMessage());
    }
  }

  /** Takes one that was sent, or says why not and keeps the old one. */
  void take(RemoteSettings settings, DeviceAddress device, String text, String publicKey) {
    try {
      SignedSnapshot signed = SignedSnapshot.read(text, publicKey);
      Optional<Here> before = Optional.ofNullable(here.get(device));
      if (before.filter(kept -> kept.isSameAndNewer(signed)).isPresent()) {
        return;
      }
      Optional<Instant> newest = before.map(Here::at);
      RuleBook book = believe.check(signed, settings.policy(), device, newest);
      new SnapshotFiles(settings.snapshots()).write(signed);
      here.put(device, new Here(signed, book));
      refused = "";
      PolicyRemoteLog.taken(device, settings.policy(), signed.snapshot().revision());
      record("policy-snapshot-taken", settings, device, signed.snapshot().revision());
    } catch (NoPortsException e) {
      refuse(settings, device, BelieveSnapshot.reason(e));
    } catch (IOException e) {
      refuse(settings, device, "policy snapshot: cannot be kept: " + e.getMessage());
    }
  }

  private void refuse(RemoteSettings settings, DeviceAddress device, String why) {
    refused = why;
    PolicyRemoteLog.refused(device, settings.policy(), why);
    record("policy-snapshot-refused", settings, device, why);
  }

  private void record(
      String event, RemoteSettings settings, DeviceAddress device, String revisionOrReason) {
    Map<String, String> details = new LinkedHashMap<>();
    details.put("policy", settings.policy().name());
    details.put("device", device.toString());
    details.put(event.endsWith("taken") ? "revision" : "reason", revisionOrReason);
    neighbours.record(new AuditEvent(clock.instant(), event, details));
  }

  /** What the device's rules say now; empty if it has none, or they are too old. */
  Optional<Decision> decide(RemoteSettings settings, AccessRequest request) {
    Instant now = clock.instant();
    return young(settings, request.device(), now)
        .map(
            rules ->
                limited(
                    rules.book().decide(request.under(request.circumstances().when(now))),
                    rules.at().plus(settings.snapshotAge())));
  }

  private Optional<Here> young(RemoteSettings settings, DeviceAddress device, Instant now) {
    return Optional.ofNullable(here.get(device))
        .filter(rules -> rules.signed().snapshot().policy().equals(settings.policy()))
        .filter(rules -> now.isBefore(rules.at().plus(settings.snapshotAge())))
        // A clock that goes back must not make them young again.
        .filter(rules -> !rules.at().isAfter(now.plus(BelieveSnapshot.CLOCKS)));
  }

  /** It holds no longer than the rules that say so. */
  private static Decision limited(Decision decision, Instant end) {
    return decision instanceof Decision.Permit permit ? permit.atMostUntil(end) : decision;
  }

  /** The revision that a device has; empty text for none. */
  String revision(DeviceAddress device) {
    return Optional.ofNullable(here.get(device))
        .map(rules -> rules.signed().snapshot().revision())
        .orElse("");
  }

  /** Whether a device's rules are in the first quarter of their time. */
  boolean fresh(RemoteSettings settings, DeviceAddress device) {
    Duration quarter = settings.snapshotAge().dividedBy(4);
    return Optional.ofNullable(here.get(device))
        .filter(rules -> clock.instant().isBefore(rules.at().plus(quarter)))
        .isPresent();
  }

  /** Until when the oldest rules that count now do; empty if none do. */
  Optional<Instant> countUntil(RemoteSettings settings) {
    Instant now = clock.instant();
    return here.keySet().stream()
        .flatMap(device -> young(settings, device, now).stream())
        .map(rules -> rules.at().plus(settings.snapshotAge()))
        .min(Instant::compareTo);
  }

  /** Why the last that was sent, or kept, is not believed; empty text if it is. */
  String refused() {
    return refused;
  }
}
