package org.noports.store.mvstore;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;

/** Grants a lead: nobody else uses this store. Only the token is remembered. */
record GrantLead(String name) implements Mutation<Long> {
  @Override
  public Long apply(Edit edit) {
    byte[] key = ("leader:" + name).getBytes(UTF_8);
    long token = edit.get(Table.ABOUT, key).map(it -> ByteBuffer.wrap(it).getLong()).orElse(0L) + 1;
    edit.put(Table.ABOUT, key, ByteBuffer.allocate(Long.BYTES).putLong(0, token).array());
    return token;
  }
}
