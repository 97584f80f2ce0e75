export { gitPlugin as default } from './plugin';
export {
  GIT_PUSH_TOPIC,
  type GitPushEvent,
  ZERO_SHA,
} from './services/PushAnnouncer';
