// Agreed points and signed or adopted documents of held meetings, newest first.
// Parameters, null where not wanted: $party (person or party), $wanted (topic), $since, $until.
MATCH (m:Meeting)-[:AGENDA_ITEM]->(i:AgendaItem)
WHERE m.status = 'held' AND i.treatment = 'agreed'
  AND ($since IS NULL OR m.endDate >= $since)
  AND ($until IS NULL OR m.date <= $until)
  AND ($party IS NULL OR EXISTS { (m)<-[:ATTENDED]-(:Person {iri: $party}) }
    OR EXISTS { (m)<-[:PARTY_TO]-(:State {iri: $party}) }
    OR EXISTS { (m)<-[:PARTY_TO]-(:Organization {iri: $party}) })
  AND ($wanted IS NULL OR EXISTS { (i)-[:ON_TOPIC]->(:Topic)-[:BROADER*0..9]->(:Topic {iri: $wanted}) })
WITH m, i
OPTIONAL MATCH (i)-[:ON_TOPIC]->(t:Topic)
WITH m, i, t
UNWIND i.texts AS agreed
RETURN m.iri AS meeting, m.when AS date, m.name AS label, 'point' AS kind, agreed, t.name AS topic, i.by AS by
UNION ALL
MATCH (m:Meeting)-[:PRODUCED]->(d:Document)
WHERE m.status = 'held' AND d.status IN ['signed', 'adopted', 'exchanged']
  AND ($since IS NULL OR m.endDate >= $since)
  AND ($until IS NULL OR m.date <= $until)
  AND ($party IS NULL OR EXISTS { (m)<-[:ATTENDED]-(:Person {iri: $party}) }
    OR EXISTS { (m)<-[:PARTY_TO]-(:State {iri: $party}) }
    OR EXISTS { (m)<-[:PARTY_TO]-(:Organization {iri: $party}) })
  AND $wanted IS NULL
RETURN m.iri AS meeting, m.when AS date, m.name AS label, d.type AS kind, d.title AS agreed, null AS topic, null AS by
