package org.noports.device;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.noports.api.identity.Identity;
import org.noports.api.policy.PermitOpen;
import org.noports.protocol.session.Feature;
import org.noports.protocol.session.PingResponse;
import org.noports.protocol.session.RelayAuthMode;

/** What a device says of itself, in answers to pings and to its managers (noports.md 2.2). */
final class DeviceInfo {
  /** The generation that knows twin keys. */
  private static final String CAPABILITIES = "1.5.0";

  private final String version;

  /**
   * @param version our program's version
   */
  DeviceInfo(String version) {
    this.version = version;
  }

  PingResponse of(DeviceSettings device, Identity self, boolean acceptsPublicKeys) {
    return new PingResponse(
        device.name().name(),
        device.group(),
        version,
        version,
        features(self, acceptsPublicKeys),
        List.of(RelayAuthMode.PAYLOAD.wire(), RelayAuthMode.ESCR.wire()),
        device.permitOpen().stream().filter(it -> !it.udp()).map(PermitOpen::toString).toList(),
        Optional.of(CAPABILITIES),
        Optional.of(RelayAccess.signingKeyUri(self).toString()));
  }

  private static Map<Feature, Boolean> features(Identity self, boolean acceptsPublicKeys) {
    Map<Feature, Boolean> features = new LinkedHashMap<>();
    features.put(Feature.SR_AUTH, true);
    features.put(Feature.SR_E2EE, true);
    features.put(Feature.ACCEPTS_PUBLIC_KEYS, acceptsPublicKeys);
    features.put(Feature.SUPPORTS_PORT_CHOICE, true);
    features.put(Feature.ADJUSTABLE_TIMEOUT, true);
    features.put(Feature.CONTROL_CHANNEL_HEARTBEATS, true);
    features.put(Feature.SUPPORTS_RAM_ESCR, self.answersChallenges());
    features.put(Feature.TWIN_KEYS, true);
    return features;
  }
}
