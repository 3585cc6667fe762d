/** Words of the queue of many photos. @module */

export const queue = {
  'queue.title': 'Photos',
  'queue.list': 'Photos in the queue',
  'queue.progress': 'Progress of all photos',

  // The line above the list.
  'queue.ofAll': { one: '{settled} of {count} photo', other: '{settled} of {count} photos' },
  'queue.failedCount': { one: '{count} failed', other: '{count} failed' },
  'queue.paused': 'Paused',
  'queue.pausing': 'Pausing after this photo',
  'queue.secondsLeft': { one: 'about {count}\u00a0second left', other: 'about {count}\u00a0seconds left' },
  'queue.minutesLeft': { one: 'about {count}\u00a0minute left', other: 'about {count}\u00a0minutes left' },
  'queue.kept': 'Results are kept on this device only, until you save or clear them.',
  'queue.keptInMemory': 'Results are kept in memory until you save them: this browser gives pages no room on '
    + 'the disk.',
  'queue.noFolders': 'This browser can’t save into a folder: take the ZIP.',
  'queue.savingInto': 'Each result goes into the folder {name}.',
  'queue.zipping': 'Writing the ZIP: {done} of {count}',

  // States, below each name.
  'queue.waiting': 'Waiting',
  'queue.working': 'Working, {percent}\u00a0%',
  'queue.loading': 'Getting ready, {done} of {total}\u00a0MB',
  'queue.done': 'Done',
  'queue.saved': 'Saved',
  'queue.failed': 'Failed',
  'queue.cancelled': 'Cancelled',
  'queue.doubtful': 'Worth a look',
  'queue.confidence': '{percent}\u00a0% sure',
  'queue.stateAnd': '{state} · {more}',
  'queue.because': '{state}: {reason}',
  'queue.unexplained': 'Something went wrong with this photo. Try it again.',
  'queue.resultGone': 'The result is no longer in the browser’s storage. Try it again.',

  // Buttons.
  'queue.pause': 'Pause',
  'queue.resume': 'Resume',
  'queue.cancelAll': 'Cancel all',
  'queue.retryFailed': 'Retry failed',
  'queue.saveFolder': 'Save to folder',
  'queue.saveZip': 'Save ZIP',
  'queue.clear': 'Clear',
  'queue.retryOne': 'Retry {name}',
  'queue.cancelOne': 'Cancel {name}',
  'queue.removeOne': 'Remove {name}',
  'queue.saveOne': 'Save {name}',
  'queue.zipName': 'cutouts',

  // Which photos are shown.
  'queue.show': 'Show',
  'queue.showAll': 'All {count}',
  'queue.showDoubtful': 'Worth a look {count}',
  'queue.showFailed': 'Failed {count}',
  'queue.noneDoubtful': 'Nothing here needs a second look.',
  'queue.noneFailed': 'Nothing has failed.',
  'queue.empty': 'No photos yet.',

  // What one may want to do about something.
  'queue.outdated': {
    one: '{count} photo was made with other settings.',
    other: '{count} photos were made with other settings.',
  },
  'queue.redo': 'Make anew',
  'queue.outOfSpace': 'No room left to keep results on this device. Save or clear what is done, then resume.',
  'queue.engine': 'The queue has paused. {reason} {advice}',
  'queue.folderFailed': 'The folder can’t be written to. Results are kept here instead; choose a folder again.',
  'queue.zipFailed': 'The ZIP could not be written. Everything is still here.',
  'queue.zipNoSpace': 'No room for the ZIP on this device. Everything is still here: save photos one by one, or free '
    + 'some space.',
  'queue.leftovers': {
    one: '{count} cut-out from last time was not saved. It is still on this device, and nowhere else.',
    other: '{count} cut-outs from last time were not saved. They are still on this device, and nowhere else.',
  },
  'queue.recover': 'Bring back',
  'queue.discard': 'Delete',
  'queue.clearTitle': 'Clear the queue?',
  'queue.clearUnsaved': {
    one: '{count} result has not been saved. It will be deleted from this device.',
    other: '{count} results have not been saved. They will be deleted from this device.',
  },
  'queue.keep': 'Keep',

  // Said aloud, rarely.
  'queue.saidProgress': '{settled} of {count} photos',
  'queue.saidDone': { one: 'Done with {count} photo.', other: 'Done with all {count} photos.' },
  'queue.saidFailed': { one: '{count} failed.', other: '{count} failed.' },
  'queue.saidDoubtful': { one: '{count} is worth a look.', other: '{count} are worth a look.' },
  'queue.saidSaved': { one: '{count} result saved.', other: '{count} results saved.' },
};
