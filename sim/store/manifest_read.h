/* manifest_read.h: texts from a manifest.json of ours. No reader of JSON in general: json.c writes one entry a line. */
#ifndef EBB_STORE_MANIFEST_READ_H
#define EBB_STORE_MANIFEST_READ_H

/* Every text that stands under this key at whatever depth, or in the list under it, in the order they come; NULL-
 * terminated, empty where there is none or no manifest. NULL: no memory. */
char **manifest_texts(const char *out_dir, const char *key);
void manifest_texts_free(char **texts);

#endif
