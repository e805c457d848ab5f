package org.noports.protocol.session;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.noports.api.ProtocolViolation;
import org.noports.protocol.json.JsonArray;
import org.noports.protocol.json.JsonObject;
import org.noports.protocol.json.JsonValue;

/**
 * What a device says of itself: the answer to a ping, its {@code device_info} record and its
 * heartbeat to the policy (docs/protocol/noports.md 2.2).
 *
 * @param deviceName its name
 * @param deviceGroupName its group, {@code __none__} where it says none
 * @param version its program's version
 * @param corePackageVersion its library's version
 * @param features whether it can do what; a feature that is not named is absent
 * @param authModes relay authentications, empty where it says none
 * @param allowedServices its permit-open list
 * @param capabilityVersion {@code npCpVersion}, where it says one
 * @param signingKeyUri where its authentication public key is published, where it says so
 * @param np2Nonce its fresh nonce, if it can do NP2; a hint, since nothing here is signed
 */
public record PingResponse(
    String deviceName,
    String deviceGroupName,
    String version,
    String corePackageVersion,
    Map<Feature, Boolean> features,
    List<String> authModes,
    List<String> allowedServices,
    Optional<String> capabilityVersion,
    Optional<String> signingKeyUri,
    Optional<String> np2Nonce) {
  /** The group of devices that have none. */
  public static final String NO_GROUP = "__none__";

  private static final String NP2 = "np2";
  private static final String NONCE = "nonce";

  public PingResponse {
    requireNonNull(deviceName, "deviceName is null");
    requireNonNull(deviceGroupName, "deviceGroupName is null");
    requireNonNull(version, "version is null");
    requireNonNull(corePackageVersion, "corePackageVersion is null");
    features = Collections.unmodifiableMap(new LinkedHashMap<>(features));
    authModes = List.copyOf(authModes);
    allowedServices = List.copyOf(allowedServices);
    requireNonNull(capabilityVersion, "capabilityVersion is null");
    requireNonNull(signingKeyUri, "signingKeyUri is null");
    requireNonNull(np2Nonce, "np2Nonce is null");
  }

  /** Says nothing of NP2. */
  public PingResponse(
      String deviceName,
      String deviceGroupName,
      String version,
      String corePackageVersion,
      Map<Feature, Boolean> features,
      List<String> authModes,
      List<String> allowedServices,
      Optional<String> capabilityVersion,
      Optional<String> signingKeyUri) {
    this(
        deviceName,
        deviceGroupName,
        version,
        corePackageVersion,
        features,
        authModes,
        allowedServices,
        capabilityVersion,
        signingKeyUri,
        Optional.empty());
  }

  /** The same, with a nonce for one NP2 request. */
  public PingResponse withNp2Nonce(String nonce) {
    return new PingResponse(
        deviceName,
        deviceGroupName,
        version,
        corePackageVersion,
        features,
        authModes,
        allowedServices,
        capabilityVersion,
        signingKeyUri,
        Optional.of(nonce));
  }

  /** Whether the device says that it can. */
  public boolean supports(Feature feature) {
    return features.getOrDefault(feature, false);
  }

  /** Reads what any generation of devices sends. */
  public static PingResponse parse(String text) throws ProtocolViolation {
    JsonObject json = JsonObject.parse("ping response", text);
    return new PingResponse(
        json.text("devicename").orElse(""),
        json.text("deviceGroupName").orElse(NO_GROUP),
        json.text("version").orElse(""),
        json.text("corePackageVersion").orElse(""),
        features(json),
        texts(json, "authModes"),
        texts(json, "allowedServices"),
        json.text("npCpVersion"),
        json.text("publicSigningKeyUri"),
        nonce(json));
  }

  /** It is a hint: whatever else stands there is none, and the device will miss its nonce. */
  private static Optional<String> nonce(JsonObject json) {
    return json.get(NP2)
        .filter(JsonObject.class::isInstance)
        .flatMap(np2 -> ((JsonObject) np2).get(NONCE))
        .filter(JsonValue.Text.class::isInstance)
        .map(nonce -> ((JsonValue.Text) nonce).value());
  }

  private static Map<Feature, Boolean> features(JsonObject json) throws ProtocolViolation {
    Map<Feature, Boolean> features = new LinkedHashMap<>();
    Optional<JsonObject> named = json.object("supportedFeatures");
    if (named.isEmpty()) {
      // Devices of before 5.0 do not say, and all of them accepted public keys.
      features.put(Feature.ACCEPTS_PUBLIC_KEYS, true);
      return features;
    }
    for (Feature feature : Feature.values()) {
      if (named.get().has(feature.wire())) {
        features.put(feature, named.get().flag(feature.wire()).orElse(false));
      }
    }
    return features;
  }

  private static List<String> texts(JsonObject json, String name) throws ProtocolViolation {
    Optional<JsonArray> array = json.array(name);
    return array.isPresent() ? array.get().texts() : List.of();
  }

  /** The fields in the reference's order. */
  public String toText() {
    JsonObject.Builder known = JsonObject.builder();
    features.forEach((feature, can) -> known.put(feature.wire(), JsonValue.of(can)));
    JsonObject.Builder json =
        JsonObject.builder()
            .put("devicename", deviceName)
            .put("deviceGroupName", deviceGroupName)
            .put("version", version)
            .put("corePackageVersion", corePackageVersion)
            .put("supportedFeatures", known.build());
    if (!authModes.isEmpty()) {
      json.put("authModes", authModes);
    }
    json.put("allowedServices", allowedServices)
        .putIfPresent("npCpVersion", capabilityVersion)
        .putIfPresent("publicSigningKeyUri", signingKeyUri);
    np2Nonce.ifPresent(
        nonce ->
            json.put(NP2, JsonObject.builder().put("versions", "1").put(NONCE, nonce).build()));
    return json.build().toJson();
  }
}
