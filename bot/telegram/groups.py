"""In groups we are spoken to by our name, by an answer to what we said, or by a command."""

from telegram import Message, MessageEntity, User


def is_for_us(message: Message, me: User) -> bool:
    """Whether a line in a group is said to us; a command for another bot is not, whatever it answers."""
    words = _entities(message)
    named = [text for kind, text, _ in words if kind == MessageEntity.BOT_COMMAND and "@" in text]
    if named and not any(_is_our_name(text.partition("@")[2], me) for text in named):
        return False
    answered = answered_by(message)
    if answered is not None and answered.from_user is not None and answered.from_user.id == me.id:
        return True
    return any(
        kind == MessageEntity.BOT_COMMAND or _names_us(kind, text, entity, me) for kind, text, entity in words
    )


def answered_by(message: Message) -> Message | None:
    """What the message answers. In a forum each line formally answers the beginning of its topic."""
    answered = message.reply_to_message
    return answered if answered is not None and answered.forum_topic_created is None else None


def without_our_name(message: Message, me: User) -> str:
    """The words of a line in a group without @us, which is no part of what is said."""
    units = (message.text or message.caption or "").encode("utf-16-le", "surrogatepass")
    for kind, named, entity in reversed(_entities(message)):
        kept = named
        if _names_us(kind, named, entity, me):
            kept = ""
        elif kind == MessageEntity.BOT_COMMAND and _is_our_name(named.partition("@")[2], me):
            kept = named.partition("@")[0]
        start, end = 2 * entity.offset, 2 * (entity.offset + entity.length)  # Telegram counts UTF-16 units
        before, after = (part.decode("utf-16-le", "replace") for part in (units[:start], units[end:]))
        if not kept and (not before or before[-1].isspace()):
            after = after.lstrip(" ,，:：")
        units = f"{before}{kept}{after}".encode("utf-16-le")
    return units.decode("utf-16-le").strip()


def _entities(message: Message) -> list[tuple[str, str, MessageEntity]]:
    """What Telegram has marked in the words: its kind, its text, and where it stands."""
    marked = message.parse_entities() if message.text else message.parse_caption_entities()
    return sorted(((one.type, text, one) for one, text in marked.items()), key=lambda found: found[2].offset)


def _names_us(kind: str, text: str, entity: MessageEntity, me: User) -> bool:
    if kind == MessageEntity.TEXT_MENTION:
        return entity.user is not None and entity.user.id == me.id
    return kind == MessageEntity.MENTION and _is_our_name(text.removeprefix("@"), me)


def _is_our_name(name: str, me: User) -> bool:
    return name.lower() == (me.username or "").lower() != ""
