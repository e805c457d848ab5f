/** A rule of one's own in a bundle of one's own: nothing of NoPorts but its API is imported. */
package com.example.policy;
