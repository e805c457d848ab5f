package org.noports.protocol.verb;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What can be known of a key beside its value: each field's name in JSON, its name as a parameter
 * of verbs, and its type (docs/protocol/atprotocol.md 3 and 3.10). Declared in the order of the
 * JSON form.
 */
public enum MetadataField {
  CREATED_BY("createdBy", Type.TEXT),
  UPDATED_BY("updatedBy", Type.TEXT),
  CREATED_AT("createdAt", Type.TIME, "cAt"),
  UPDATED_AT("updatedAt", Type.TIME, "uAt"),
  AVAILABLE_AT("availableAt", Type.TIME, "aAt"),
  EXPIRES_AT("expiresAt", Type.TIME, "eAt"),
  REFRESH_AT("refreshAt", Type.TIME),
  STATUS("status", Type.TEXT),
  VERSION("version", Type.WHOLE),
  /** Milliseconds until the key expires; 0 for never. */
  TTL("ttl", Type.WHOLE, "ttl"),
  /** Milliseconds until the key can be seen. */
  TTB("ttb", Type.WHOLE, "ttb"),
  /** Seconds until a copy is stale; -1 for never, 0 for no copies. */
  TTR("ttr", Type.WHOLE, "ttr"),
  /** Whether deleting the key deletes its copies. */
  CCD("ccd", Type.FLAG, "ccd"),
  IS_BINARY("isBinary", Type.FLAG, "isBinary"),
  IS_ENCRYPTED("isEncrypted", Type.FLAG, "isEncrypted"),
  DATA_SIGNATURE("dataSignature", Type.TEXT, "dataSignature"),
  SHARED_KEY_STATUS("sharedKeyStatus", Type.TEXT, "sharedKeyStatus"),
  SHARED_KEY_ENC("sharedKeyEnc", Type.TEXT, "sharedKeyEnc"),
  PUB_KEY_CS("pubKeyCS", Type.TEXT, "pubKeyCS"),
  PUB_KEY_HASH("hash", Type.TEXT, "pubKeyHash", "hash"),
  PUB_KEY_HASHING_ALGO("algo", Type.TEXT, "hashingAlgo", "algo"),
  ENCODING("encoding", Type.TEXT, "encoding"),
  ENC_KEY_NAME("encKeyName", Type.TEXT, "encKeyName"),
  ENC_ALGO("encAlgo", Type.TEXT, "encAlgo"),
  /** Base64 of the initial counter block that the value was encrypted with. */
  IV_NONCE("ivNonce", Type.TEXT, "ivNonce"),
  SKE_ENC_KEY_NAME("skeEncKeyName", Type.TEXT, "skeEncKeyName"),
  SKE_ENC_ALGO("skeEncAlgo", Type.TEXT, "skeEncAlgo"),
  IMMUTABLE("immutable", Type.FLAG, "immutable"),
  APP_METADATA("appMetadata", Type.TEXT, "appMetadata");

  /** How a field's text is read. */
  enum Type {
    TEXT,
    WHOLE,
    FLAG,
    TIME
  }

  /** The order in which older atServers insist on parameters. */
  static final List<MetadataField> PARAMETER_ORDER =
      List.of(
          TTL,
          TTB,
          TTR,
          CCD,
          CREATED_AT,
          UPDATED_AT,
          EXPIRES_AT,
          AVAILABLE_AT,
          DATA_SIGNATURE,
          SHARED_KEY_STATUS,
          IS_BINARY,
          IS_ENCRYPTED,
          SHARED_KEY_ENC,
          PUB_KEY_CS,
          PUB_KEY_HASH,
          PUB_KEY_HASHING_ALGO,
          ENCODING,
          ENC_KEY_NAME,
          ENC_ALGO,
          IV_NONCE,
          SKE_ENC_KEY_NAME,
          SKE_ENC_ALGO,
          IMMUTABLE,
          APP_METADATA);

  private static final Map<String, MetadataField> BY_PARAMETER = new HashMap<>();

  static {
    for (MetadataField field : PARAMETER_ORDER) {
      field.parameters.forEach(name -> BY_PARAMETER.put(name.toLowerCase(Locale.ROOT), field));
    }
  }

  private final String json;
  private final Type type;
  private final List<String> parameters;

  MetadataField(String json, Type type, String... parameters) {
    this.json = json;
    this.type = type;
    this.parameters = List.of(parameters);
  }

  /** The name in JSON. */
  public String json() {
    return json;
  }

  Type type() {
    return type;
  }

  /** The name we write as a parameter; empty for what only an atServer sets. */
  public Optional<String> parameter() {
    return parameters.stream().findFirst();
  }

  /** The field that a parameter's name means, in any spelling and case. */
  static Optional<MetadataField> ofParameter(String name) {
    return Optional.ofNullable(BY_PARAMETER.get(name.toLowerCase(Locale.ROOT)));
  }

  /**
   * The canonical text of a value of this field.
   *
   * @throws IllegalArgumentException if {@code text} is no value of its type
   */
  String canonical(String text) {
    return switch (type) {
      case TEXT -> text;
      case WHOLE -> Long.toString(Long.parseLong(text));
      case TIME -> Timestamp.format(Timestamp.parse(text));
      case FLAG -> flag(text);
    };
  }

  private String flag(String text) {
    String folded = text.toLowerCase(Locale.ROOT);
    if (!folded.equals("true") && !folded.equals("false")) {
      throw new IllegalArgumentException(json + " is true or false");
    }
    return folded;
  }
}
