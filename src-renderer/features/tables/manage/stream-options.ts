/** What a stream can hold of each change. */
export const streamOptions = [
  { value: 'off', label: 'off' },
  { value: 'NEW_AND_OLD_IMAGES', label: 'New and old images' },
  { value: 'NEW_IMAGE', label: 'New image' },
  { value: 'OLD_IMAGE', label: 'Old image' },
  { value: 'KEYS_ONLY', label: 'Keys only' },
];
