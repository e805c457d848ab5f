/**
 * Has Open Policy Agent decide, over its REST API. What that fixes is OPA's
 * (openpolicyagent.org/docs/rest-api, Data API); what stands in {@code input} is ours.
 */
package com.example.opa;
